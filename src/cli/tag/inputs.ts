// The paths on the command line: files, folders and globs become roots to look through, and results get the paths users wrote.
import fs from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { isWithin } from '../../workspace/find/isWithin';
import { filePath, fileUri } from '../../workspace/find/nodeFileTree';
import { isInShard, type Shard } from '../../workspace/find/shard';
import { fileOf } from '../../workspace/split/parts';
import type { DocumentPlace, FindOptions, FindRoot } from '../../workspace/types';
import { changedSince } from '../git/changedFiles';

/** A path that does not exist and holds no glob character, or a glob that matches nothing, is an error that names it. */
export async function rootsOf(paths: readonly string[]): Promise<FindRoot[]> {
  const found = await Promise.all(paths.map(expand));
  return found.flat().map((name) => ({ uri: fileUri(name), name }));
}

/** Reads what of the paths changed where `changedSince` says so. Throws AppError input-invalid as `rootsOf` and `changedSince` do. */
export async function askedFiles(
  paths: readonly string[],
  { changedSince: revision }: { readonly changedSince?: string },
  signal: AbortSignal,
): Promise<AskedFiles> {
  const roots = await rootsOf(paths);
  return revision === undefined ? { roots } : { roots, only: await changedSince(revision, roots, signal) };
}

async function expand(given: string): Promise<string[]> {
  if (fs.existsSync(given)) return [given];
  const matches: string[] = [];
  if (/[*?[{]/.test(given)) for await (const match of glob(given)) matches.push(match);
  if (matches.length === 0) throw new AppError('input-invalid', `There is no file or folder ${given}. Check the path.`);
  return matches.sort();
}

/** Relative to the working directory where the user's path was, absolute where it was. */
export function displayPath(place: DocumentPlace): string {
  const file = filePath(fileOf(place.uri));
  return path.isAbsolute(place.root) ? file : path.relative('', file);
}

/** Which files a call is about. */
export type AskedFiles = Pick<FindOptions, 'roots' | 'only'>;

/** Whether a document of an index belongs to this call: an index may hold more than the paths and the shard given now. */
export function isTaken(
  { uri, path: inRoot }: Pick<DocumentPlace, 'uri' | 'path'>,
  { roots, only }: AskedFiles,
  shard?: Shard,
): boolean {
  if (only && !only.concern(uri)) return false;
  return roots.some((root) => isWithin(uri, root.uri)) && (!shard || isInShard(inRoot, shard));
}
