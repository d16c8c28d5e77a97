// From a model folder on this machine to an installed model: a copy of what the model needs, hashed on the way.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { cancelled } from '../../inference/process/waiters';
import { checkSpace, explainWriting } from '../diskSpace';
import { hashFile } from '../hashFile';
import type { InstallOptions } from '../installOptions';
import type { InstalledFile, InstalledModel, InstallSource } from '../installRecord';
import { folderNameOf } from '../modelNames';
import type { ModelStore } from '../modelStore';
import { alreadyInstalled, Staging } from '../staging';
import { filesOfModel } from './modelInFolder';
import type { FoundFile } from './modelInFolder';

/**
 * @param location Model folder, or one of its .onnx files, which is the one to install then.
 * @throws AppError model-*, disk-full, input-invalid (name taken, or none that can be one), cancelled. Nothing is left then.
 */
export async function addFromFolder(
  store: ModelStore,
  location: string,
  options: InstallOptions,
): Promise<InstalledModel> {
  const source = path.resolve(location);
  const name = options.name ?? path.basename(source, '.onnx');
  return withStaging(store, name, async (staging) => {
    const found = filesOfModel(source);
    checkSpace(store.folder, bytesOf(found), options.freeBytes);
    return takeFiles(staging, { name, source: { type: 'folder', path: source } }, found, copyFile, options);
  });
}

/** Runs `work`, which publishes the model, with an empty folder for it, of which nothing is left where it fails. */
export async function withStaging(
  store: ModelStore,
  name: string,
  work: (staging: Staging) => Promise<InstalledModel>,
): Promise<InstalledModel> {
  const target = store.pathOf(name);
  if (store.find(name)) throw alreadyInstalled(name);
  const staging = Staging.open(store.folder, `${folderNameOf(name)}@local`, target);
  try {
    staging.keepOnly([]);
    return await work(staging);
  } catch (error) {
    staging.discard();
    throw error;
  }
}

/** Puts a file to its place and gives its sha256. */
export type TakeFile = (
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
) => Promise<string>;

export async function takeFiles(
  staging: Staging,
  { name, source }: { readonly name: string; readonly source: InstallSource },
  found: readonly FoundFile[],
  take: TakeFile,
  { signal, onProgress }: InstallOptions,
): Promise<InstalledModel> {
  const totalBytes = bytesOf(found);
  const files: InstalledFile[] = [];
  let doneBytes = 0;
  for (const { path: relative, file, size } of found) {
    const to = staging.pathOf(relative);
    fs.mkdirSync(path.dirname(to), { recursive: true });
    const sha256 = await take(file, to, signal, (bytes) =>
      onProgress?.({ file: relative, doneBytes: doneBytes + bytes, totalBytes }),
    );
    files.push(staging.describe(relative, sha256));
    doneBytes += size;
  }
  return staging.publish({ name, source, license: null, files });
}

/** For files that are the store's own already. */
export const moveFile: TakeFile = async (from, to, signal, onBytes) => {
  const sha256 = await hashFile(from, signal, onBytes);
  fs.renameSync(from, to);
  return sha256;
};

const copyFile: TakeFile = async (from, to, signal, onBytes) => {
  const hash = createHash('sha256');
  const output = await fsp.open(to, 'wx');
  try {
    let done = 0;
    for await (const part of fs.createReadStream(from, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      if (signal.aborted) throw cancelled();
      await output.writeFile(part);
      hash.update(part);
      done += part.length;
      onBytes(done);
    }
    await output.sync();
  } catch (error) {
    throw explainWriting(error, path.dirname(to));
  } finally {
    await output.close();
  }
  return hash.digest('hex');
};

function bytesOf(found: readonly FoundFile[]): number {
  return found.reduce((sum, { size }) => sum + size, 0);
}
