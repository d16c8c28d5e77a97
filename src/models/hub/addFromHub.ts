// From a name on the hub to an installed model: what would be downloaded is known first, then it is fetched and checked.
import fs from 'node:fs';
import { readOnnxSummary } from '../../inference/model/onnxFile';
import { checkSpace } from '../diskSpace';
import type { InstallOptions } from '../installOptions';
import type { InstalledFile, InstalledModel } from '../installRecord';
import { folderNameOf, parseHubReference } from '../modelNames';
import type { ModelStore } from '../modelStore';
import { alreadyInstalled, Staging } from '../staging';
import { chooseFiles, graphsOf, weightFiles } from './chooseFiles';
import { downloadFile } from './downloadFile';
import type { HubConnection } from './hubConnection';
import { readHubModel } from './hubModel';
import type { HubFile, HubModel } from './hubModel';

export interface HubPlan {
  readonly model: HubModel;
  /** Path of the .onnx file that would be taken. */
  readonly graph: string;
  /** Those that could be taken instead, itself included, smallest first. */
  readonly graphs: readonly HubFile[];
  readonly files: readonly HubFile[];
  /** To download. A graph may turn out to keep weights in files of other names, which come on top. */
  readonly bytes: number;
}

export interface HubInstallOptions extends InstallOptions {
  /** Waits before tries that follow on one another without a byte in between. */
  readonly retryDelaysMs?: readonly number[];
}

const defaultDelaysMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Asks the hub what there is; downloads nothing.
 * @param reference `owner/name` or `owner/name@revision`.
 * @param graph Path of the .onnx file to take; else the one that GLiTag would take of all.
 * @throws AppError input-invalid, model-missing, model-unsupported (no ONNX), server-*, setting-invalid, cancelled.
 */
export async function planFromHub(
  hub: HubConnection,
  reference: string,
  { graph, signal }: { readonly graph?: string | undefined; readonly signal: AbortSignal },
): Promise<HubPlan> {
  return planFor(await readHubModel(hub, parseHubReference(reference), signal), graph);
}

/** As `planFromHub`, of a model that the hub told of. Throws AppError input-invalid, model-unsupported (no ONNX). */
export function planFor(model: HubModel, graph?: string): HubPlan {
  const chosen = chooseFiles(model, graph);
  return { model, ...chosen, graphs: graphsOf(model), bytes: sum(chosen.files) };
}

/**
 * Downloads and installs. Where the same commit is installed under this name already, that is the answer. What was downloaded is kept
 * for the next try, unless it is damaged or no model that GLiTag runs.
 * @throws AppError download-damaged, disk-full, model-*, server-*, input-invalid (name taken, or another process at it), cancelled.
 */
export async function addFromHub(
  store: ModelStore,
  hub: HubConnection,
  plan: HubPlan,
  options: HubInstallOptions,
): Promise<InstalledModel> {
  const { model } = plan;
  const name = options.name ?? model.id;
  const target = store.pathOf(name);
  const there = sameOf(store, name, plan);
  if (there) return there;
  const staging = Staging.open(store.folder, `${folderNameOf(name)}@${model.commit.slice(0, 12)}`, target);
  try {
    // Another process may just have ended.
    const now = sameOf(store, name, plan);
    if (now) {
      staging.discard();
      return now;
    }
    const files = await fetchAll(staging, store.folder, hub, plan, options);
    const { id, revision, commit, license } = model;
    return await staging.publish({ name, source: { type: 'hub', id, revision, commit, host: hub.host }, license, files });
  } finally {
    staging.release();
  }
}

/** @throws AppError input-invalid where the name is another model's. */
function sameOf(store: ModelStore, name: string, { model, graph }: HubPlan): InstalledModel | null {
  const there = store.find(name);
  if (!there) return null;
  const { source, files } = there;
  const isSame = source.type === 'hub' && source.id === model.id && source.commit === model.commit;
  if (isSame && files.some((file) => file.path === graph)) return there;
  throw alreadyInstalled(name);
}

async function fetchAll(
  staging: Staging,
  storeFolder: string,
  hub: HubConnection,
  { model, graph, files: certain, bytes }: HubPlan,
  { signal, onProgress, freeBytes, retryDelaysMs = defaultDelaysMs }: HubInstallOptions,
): Promise<InstalledFile[]> {
  const done: InstalledFile[] = [];
  const queue = [...certain];
  let totalBytes = bytes;
  let doneBytes = 0;
  checkSpace(storeFolder, bytes - queue.reduce((total, file) => total + startedBytes(staging, file), 0), freeBytes);
  for (let file = queue.shift(); file; file = queue.shift()) {
    const target = staging.pathOf(file.path);
    // One that an earlier try finished is only checked.
    if (fs.existsSync(target)) fs.renameSync(target, `${target}.part`);
    const sha256 = await downloadFile(hub, model, file, target, {
      signal,
      retryDelaysMs,
      onBytes: (now) => onProgress?.({ file: file.path, doneBytes: doneBytes + now, totalBytes }),
    });
    done.push(staging.describe(file.path, sha256));
    doneBytes += file.size;
    if (file.path === graph) {
      const known = new Set(certain.map((one) => one.path));
      const more = weightFiles(model, graph, readOnnxSummary(target).externalLocations);
      const missing = more.filter((one) => !known.has(one.path));
      queue.push(...missing);
      totalBytes += sum(missing);
      if (missing.length > 0) checkSpace(storeFolder, totalBytes - doneBytes, freeBytes);
    }
  }
  staging.keepOnly(done.map((file) => file.path));
  return done;
}

/** Of a file, what an earlier try left. */
function startedBytes(staging: Staging, { path: name, size }: HubFile): number {
  const target = staging.pathOf(name);
  const found = [target, `${target}.part`].map((file) => fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  return Math.min(size, Math.max(...found));
}

function sum(files: readonly HubFile[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}
