// Stores in folders that go with the test, and a hub that has one tiny model.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { addFromHub, planFromHub } from '../../../src/models/hub/addFromHub';
import type { HubInstallOptions } from '../../../src/models/hub/addFromHub';
import { HubConnection } from '../../../src/models/hub/hubConnection';
import type { HubSettings } from '../../../src/models/hub/hubConnection';
import type { InstalledModel } from '../../../src/models/installRecord';
import { ModelStore } from '../../../src/models/modelStore';
import { filesIn, HubServer } from '../../support/hubServer';
import type { HubServerOptions } from '../../support/hubServer';

export const tinyModel = path.resolve(import.meta.dirname, '../../golden/models/bi-bert');
export const tinyFiles = filesIn(tinyModel);
export const id = 'tiny/bi-bert';

export const never = new AbortController().signal;

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-models-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export function emptyStore(): ModelStore {
  return new ModelStore(path.join(temporaryFolder(), 'models'));
}

export async function startHub(options: Partial<HubServerOptions> = {}): Promise<HubServer> {
  const server = await HubServer.start({ id, files: tinyFiles, ...options });
  onTestFinished(() => server.stop());
  return server;
}

export function connect(host: string, settings: Partial<HubSettings> = {}): HubConnection {
  const hub = new HubConnection({ host, proxyEnvironment: null, ...settings });
  onTestFinished(() => {
    hub.dispose();
  });
  return hub;
}

/** Plans and installs in one go, without waits before tries. */
export async function install(
  store: ModelStore,
  hub: HubConnection,
  options: Partial<HubInstallOptions> & { readonly graph?: string; readonly reference?: string } = {},
): Promise<InstalledModel> {
  const { graph, reference = id, ...rest } = options;
  const plan = await planFromHub(hub, reference, { graph, signal: never });
  return addFromHub(store, hub, plan, { signal: never, retryDelaysMs: [0, 0], ...rest });
}

/** Everything that lies below a folder, but for folders themselves; relative. */
export function contentsOf(folder: string): string[] {
  return Object.keys(filesIn(folder)).sort();
}
