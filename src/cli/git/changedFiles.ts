// `--changed-since`: the files of the given paths that are new or other than they were at a commit.
import fs from 'node:fs';
import path from 'node:path';
import { addToList } from '../../core/addToList';
import { AppError } from '../../shared/errors';
import { ChosenFiles } from '../../workspace/find/chosenFiles';
import { filePath, fileUri } from '../../workspace/find/nodeFileTree';
import type { FindRoot } from '../../workspace/types';
import { Repository } from './repository';

/**
 * Committed since `revision` on this branch, staged, only on the disk, or untracked and not ignored; deleted ones too, which are nowhere to be
 * read. Each path is asked of the repository that it is in; a submodule is compared with its commit of then. Throws AppError input-invalid.
 */
export async function changedSince(
  revision: string,
  roots: readonly FindRoot[],
  signal: AbortSignal,
): Promise<ChosenFiles> {
  // Of “^main” Git would answer what is not in main.
  if (/^[-^]/u.test(revision) || revision.trim() === '')
    throw new AppError('input-invalid', `--changed-since needs a commit, branch or tag of Git, not “${revision}”.`);
  const changed: string[] = [];
  for (const [folder, names] of foldersOf(roots)) {
    const repository = await Repository.at(folder, signal);
    const commit = await repository.commit(revision);
    if (commit === null)
      throw new AppError(
        'input-invalid',
        `The Git repository of ${folder} has no commit “${revision}”. Check the name; a shallow clone has only the latest commits (git fetch --unshallow).`,
      );
    // What others did since on the branch that is compared with is no change here.
    const since = (await repository.mergeBase(commit)) ?? commit;
    changed.push(...(await changedIn(repository, since, names, signal)));
  }
  return new ChosenFiles(changed.map(fileUri));
}

/** Folders with the names of files that are wanted of them; without any, all that is in a folder is. */
function foldersOf(roots: readonly FindRoot[]): Map<string, string[]> {
  const files = new Map<string, string[]>();
  const folders = new Map<string, string[]>();
  for (const { uri } of roots) {
    const place = filePath(uri);
    if (fs.statSync(place).isDirectory()) folders.set(place, []);
    else addToList(files, path.dirname(place), path.basename(place));
  }
  return new Map([...files, ...folders]);
}

async function changedIn(
  repository: Repository,
  since: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const { folder } = repository;
  const [diff, untracked, submodules] = await Promise.all([
    repository.diff(since, names),
    repository.untracked(names),
    names.length === 0 ? repository.submodules() : Promise.resolve<string[]>([]),
  ]);
  const inner = new Set([...submodules, ...untracked.filter((name) => name.endsWith('/'))]);
  const then = new Map(diff.map(({ path: at, submodule }) => [at, submodule]));
  const changed = [...then.keys(), ...untracked]
    .filter((name) => !inner.has(name))
    .map((name) => path.join(folder, name));
  const real = fs.realpathSync(folder);
  for (const name of inner) {
    const place = path.join(folder, name);
    // Not checked out: Git would find the outer repository there.
    if (!fs.existsSync(path.join(place, '.git'))) continue;
    // A link is no submodule, and may lead back here.
    if (fs.realpathSync(place) !== path.join(real, name.replace(/\/$/u, ''))) continue;
    const own = await Repository.at(place, signal);
    const known = submodules.includes(name);
    // Without a difference its commit is that of then.
    const before = known && !then.has(name) ? await own.commit('HEAD') : (then.get(name) ?? null);
    changed.push(...(await changedIn(own, before ?? (await own.emptyTree()), [], signal)));
  }
  return changed;
}
