// From an archive (.zip, .tar.gz, .tgz, .tar) of a model folder to an installed model.
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { cancelled } from '../../inference/process/waiters';
import { AppError } from '../../shared/errors';
import { checkSpace, explainWriting, freeBytesOf } from '../diskSpace';
import type { InstallOptions } from '../installOptions';
import type { InstalledModel } from '../installRecord';
import type { ModelStore } from '../modelStore';
import { isSafePath } from '../safePath';
import { moveFile, takeFiles, withStaging } from './addFromFolder';
import { archiveInvalid } from './archiveEntries';
import type { ArchiveEntry } from './archiveEntries';
import { filesOfModel, isPlainFile } from './modelInFolder';
import { readTar } from './readTar';
import { readZip } from './readZip';

const extension = /\.(?:zip|tar\.gz|tgz|tar)$/iu;
/** A model is a dozen files; those of a few exporters are hundreds of weights. */
const mostEntries = 10_000;

export function isArchive(file: string): boolean {
  return extension.test(file) && isPlainFile(file);
}

/**
 * The model lies at the archive's top, or in the one folder there.
 * @throws AppError archive-invalid, model-*, disk-full, input-invalid (name taken, or none that can be one), cancelled. Nothing is left then.
 */
export async function addFromArchive(
  store: ModelStore,
  archive: string,
  options: InstallOptions,
): Promise<InstalledModel> {
  const source = path.resolve(archive);
  const name = options.name ?? path.basename(source).replace(extension, '');
  return withStaging(store, name, async (staging) => {
    const unpacked = staging.beside('unpacked');
    await unpack(source, unpacked, store.folder, options);
    const found = filesOfModel(topOf(unpacked));
    return takeFiles(staging, { name, source: { type: 'archive', path: source } }, found, moveFile, options);
  });
}

/** All files, at places below `target` alone, and no more bytes than the disk has. */
async function unpack(file: string, target: string, store: string, options: InstallOptions): Promise<void> {
  const { signal, freeBytes = freeBytesOf } = options;
  const entries = /\.zip$/iu.test(file) ? readZip(file, signal) : readTar(file, signal);
  const room = freeBytes(store);
  let bytes = 0;
  let count = 0;
  fs.mkdirSync(target, { recursive: true });
  try {
    for await (const entry of entries) {
      if (signal.aborted) throw cancelled();
      const name = placeOf(file, entry);
      bytes += entry.size;
      if (++count > mostEntries) throw archiveInvalid(file, `it holds more than ${mostEntries} files`);
      if (bytes > room) checkSpace(store, bytes, () => room);
      const place = path.join(target, ...name.split('/'));
      if (entry.type === 'directory') fs.mkdirSync(place, { recursive: true });
      else await write(file, entry, place, signal);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal.aborted) throw cancelled();
    const explained = explainWriting(error, target);
    throw explained instanceof AppError
      ? explained
      : archiveInvalid(file, error instanceof Error ? error.message : 'it is damaged', error);
  }
}

/** @throws AppError archive-invalid. */
function placeOf(file: string, { name, type }: ArchiveEntry): string {
  const plain = name.replace(/^(?:\.\/)+/u, '').replace(/\/$/u, '');
  if (type === 'other') throw archiveInvalid(file, `“${name}” in it is a link, encrypted, or no plain file`);
  if (type === 'directory' && (plain === '' || plain === '.')) return '';
  if (!isSafePath(plain)) throw archiveInvalid(file, `“${name}” in it would lie outside its folder`);
  return plain;
}

async function write(file: string, entry: ArchiveEntry, place: string, signal: AbortSignal): Promise<void> {
  fs.mkdirSync(path.dirname(place), { recursive: true });
  // A second entry of the same name is a mistake, or worse.
  const output = await fsp.open(place, 'wx');
  try {
    let written = 0;
    for await (const part of entry.content()) {
      if (signal.aborted) throw cancelled();
      written += part.length;
      if (written > entry.size) throw archiveInvalid(file, `${entry.name} is larger than it says`);
      await output.writeFile(part);
    }
    if (written < entry.size) throw archiveInvalid(file, `${entry.name} is shorter than it says`);
    await output.sync();
  } finally {
    await output.close();
  }
}

function topOf(folder: string): string {
  if (fs.existsSync(path.join(folder, 'config.json'))) return folder;
  const [only, ...others] = fs.readdirSync(folder, { withFileTypes: true });
  return only?.isDirectory() === true && others.length === 0 ? path.join(folder, only.name) : folder;
}
