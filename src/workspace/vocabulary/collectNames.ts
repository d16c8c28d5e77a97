// Reads folders for words that may become labels: names of folders, and tags in the front matter of Markdown.
import type { FoundName } from '../../core/gallery/vocabulary';
import { isMarkdownName } from '../../core/markdownLines';
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { findFiles } from '../find/findFiles';
import { mapOrdered } from '../flow/mapOrdered';
import type { FileTree, FindOptions, FoundFile, ReadResult } from '../types';

export interface CollectedNames {
  readonly names: readonly FoundName[];
  /** Files looked at. */
  readonly files: number;
  /** There were more than `maxFiles`. */
  readonly cut: boolean;
}

export interface CollectOptions {
  readonly find: Omit<FindOptions, 'signal'>;
  readonly read: (uri: string) => Promise<ReadResult>;
  readonly signal: CancelSignal;
  /** Called with the number of files looked at. */
  readonly onProgress: (done: number) => void;
}

/** What is written in twenty thousand files shows what people tag with; more would only take longer. */
export const maxFiles = 20_000;
const readsAtOnce = 8;

/** Documents are known by their URIs. Only Markdown is read. Throws AppError `cancelled`. */
export async function collectNames(tree: FileTree, options: CollectOptions): Promise<CollectedNames> {
  const { find, read, signal, onProgress } = options;
  const names: FoundName[] = [];
  let files = 0;
  let cut = false;
  const namesOf = async (file: FoundFile): Promise<readonly FoundName[]> => {
    const result = isMarkdownName(file.uri) ? await read(file.uri) : null;
    const given = result?.ok ? result.source.given : [];
    return [
      ...given.map((name): FoundName => ({ name, source: 'front matter', document: file.uri })),
      ...foldersOf(file.path).map((name): FoundName => ({ name, source: 'folder', document: file.uri })),
    ];
  };
  for await (const found of mapOrdered(filesOf(tree, { ...find, signal }), readsAtOnce, namesOf)) {
    if (files === maxFiles) {
      cut = true;
      break;
    }
    names.push(...found);
    files++;
    onProgress(files);
    if (signal.aborted) throw new AppError('cancelled', 'The suggestion was stopped.');
  }
  return { names, files, cut };
}

async function* filesOf(tree: FileTree, find: FindOptions): AsyncGenerator<FoundFile, void, undefined> {
  for await (const entry of findFiles(tree, find)) if (entry.type === 'file') yield entry.file;
}

/** Hidden folders belong to tools. */
function foldersOf(path: string): string[] {
  return path
    .split('/')
    .slice(0, -1)
    .filter((name) => !name.startsWith('.'));
}
