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
  /** A settings.json of the editor. */
  readonly settings?: string;
}

/** The folder without these files; what is named itself is taken. */
export function withoutOwnFiles(root: FindRoot, { labels, models, decisions, settings }: OwnFiles): FindRoot {
  const folder = filePath(root.uri);
  const own = [labels, models, decisions, settings].flatMap((file) => {
    const whole = file === undefined ? folder : path.resolve(file);
    return whole !== folder && isIn(whole, folder) ? [path.relative(folder, whole).split(path.sep).join('/')] : [];
  });
  return { ...root, hidden: [...(root.hidden ?? []), ...own.map((file) => ({ glob: globOf(file, false) }))] };
}
