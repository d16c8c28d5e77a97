// The files that tell a command what to do are no documents of the folder that they lie in: in a description of the label “secret” that very
// label would be found.
import path from 'node:path';
import { isIn } from '../../workspace/contained/isIn';
import { globOf } from '../../workspace/find/globOf';
import { filePath } from '../../workspace/find/nodeFileTree';
import type { FindRoot } from '../../workspace/types';

export interface OwnFiles {
  readonly labels?: string;
  readonly models?: string | undefined;
  readonly decisions?: string;
  readonly index?: string;
  /** A settings.json of the editor. */
  readonly settings?: string;
}

/** What SQLite and the lock of a run have beside an index. */
const besides = ['', '-wal', '-shm', '.lock', '.lock-journal'];

/** The folder without these files; what is named itself is taken. */
export function withoutOwnFiles(root: FindRoot, { labels, models, decisions, index, settings }: OwnFiles): FindRoot {
  const folder = filePath(root.uri);
  const kept = besides.map((end) => (index === undefined ? undefined : index + end));
  const own = [labels, models, decisions, settings, ...kept].flatMap((file) => {
    const whole = file === undefined ? folder : path.resolve(file);
    return whole !== folder && isIn(whole, folder) ? [path.relative(folder, whole).split(path.sep).join('/')] : [];
  });
  return { ...root, hidden: [...(root.hidden ?? []), ...own.map((file) => ({ glob: globOf(file, false) }))] };
}
