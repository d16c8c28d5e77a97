// What the paths in decisions are relative to: the working directory, or the folders that are named.
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { isFolder } from '../isFolder';

/** Folders by the names that decisions have for them (DocumentKey.root), the innermost first; empty: the working directory. */
export type DecidedFolders = ReadonlyMap<string, string>;

export const workingDirectory: DecidedFolders = new Map([['', '']]);

/** Reads `folder`, or `name=folder` for each folder of a workspace of several. Throws AppError input-invalid. */
export function decidedFolders(given: readonly string[] = []): DecidedFolders {
  if (given.length === 0) return workingDirectory;
  const folders = given.map((one) => {
    const [name, folder] = isFolder(one) ? (['', one] as const) : named(one);
    if (!isFolder(folder)) throw new AppError('input-invalid', `There is no folder ${folder}. Check the path.`);
    return [name, path.resolve(folder)] as const;
  });
  return new Map(folders.sort(([, a], [, b]) => b.length - a.length));
}

/** Names may hold `=`, and so may paths: the first one with a folder behind it parts them. */
function named(one: string): readonly [name: string, folder: string] {
  const cuts = Array.from(one.matchAll(/=/gu), ({ index }) => [one.slice(0, index), one.slice(index + 1)] as const);
  return cuts.find(([, folder]) => isFolder(folder)) ?? cuts[0] ?? ['', one];
}
