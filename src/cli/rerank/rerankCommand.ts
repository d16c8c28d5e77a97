// `glitag rerank`: passages of files, or lines of a stream, in the order of their nearness to a question.
import { AppError } from '../../shared/errors';
import { checkReadable, refuseFileOptions, standardInput } from '../tag/lineOptions';
import type { RankedFilesOptions } from './rankedFiles';
import { rerankFiles } from './rerankFiles';
import { rerankLines } from './rerankLines';

export interface RerankOptions extends RankedFilesOptions {
  /** A file of lines, or `-`. */
  readonly input?: string;
  readonly top: number;
  readonly json?: boolean;
}

/** Options that mean nothing for lines, as they are typed. */
const ofFiles = {
  labels: '--labels',
  threshold: '--threshold',
  include: '--include',
  exclude: '--exclude',
  split: '--split',
  encoding: '--encoding',
  frontMatter: '--front-matter',
  index: '--index',
  where: '--where',
  decisions: '--decisions',
  set: '--set',
} as const;

/** @returns The exit code: 1 where there is nothing to rank. */
export async function rerankCommand(query: string, paths: readonly string[], options: RerankOptions): Promise<number> {
  if (query.trim() === '') throw new AppError('input-invalid', 'The query is empty. Ask something.');
  const isPipe = paths.length === 1 && paths[0] === standardInput && options.input === undefined;
  const input = isPipe ? standardInput : options.input;
  if (input === undefined) {
    if (paths.length > 0) return rerankFiles(query, paths, options);
    throw new AppError('input-invalid', 'Name files or folders, or lines with --input; - reads standard input.');
  }
  if (!isPipe && paths.length > 0) throw new AppError('input-invalid', 'Name either files and folders, or --input.');
  refuseFileOptions(ofFiles, options);
  checkReadable(input);
  return rerankLines(query, input, options);
}
