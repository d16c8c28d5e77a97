// What `glitag tag --input` is told: which options go with lines, and which belong to files.
import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { AppError } from '../../shared/errors';
import type { TagOptions } from './tagCommand';

/** Standard input, as `--input` names it. */
export const standardInput = '-';

/** Options of files and folders, as they are typed. */
const ofFiles = {
  include: '--include',
  exclude: '--exclude',
  split: '--split',
  encoding: '--encoding',
  frontMatter: '--front-matter',
  changedSince: '--changed-since',
} as const;

/** Throws AppError input-invalid where a path or an option does not go with --input, or there is no such file. */
export function checkLineOptions(input: string, paths: readonly string[], options: TagOptions): void {
  if (paths.length > 0) throw new AppError('input-invalid', 'Name either files and folders, or --input.');
  refuseFileOptions(ofFiles, options);
  if (options.format !== undefined && options.format !== 'jsonl')
    throw new AppError(
      'input-invalid',
      `With --input results are JSON Lines: --format ${options.format} is for files.`,
    );
  if (options.decisions !== undefined && !options.learn)
    throw new AppError(
      'input-invalid',
      'Decisions are on files, not on lines: with --input, --decisions goes with --learn, so that they teach.',
    );
  checkReadable(input);
}

/** `names`: options that mean nothing for lines, as they are typed. Throws AppError input-invalid where one of them is given. */
export function refuseFileOptions<Name extends string>(
  names: Readonly<Record<Name, string>>,
  options: Readonly<Partial<Record<NoInfer<Name>, unknown>>> & { readonly ignore: boolean },
): void {
  const wrong = (Object.keys(names) as Name[]).find((name) => options[name] !== undefined);
  const refused = wrong === undefined ? (options.ignore ? undefined : '--no-ignore') : names[wrong];
  if (refused !== undefined)
    throw new AppError('input-invalid', `${refused} is for files and folders. Leave it out with --input.`);
}

/** Throws AppError input-invalid. */
export function checkReadable(input: string): void {
  if (input !== standardInput && !isReadable(input))
    throw new AppError(
      'input-invalid',
      `${input} is no file that can be read. Check the path of --input; - is standard input.`,
    );
}

export function openInput(input: string): Readable {
  return input === standardInput ? process.stdin : fs.createReadStream(input);
}

/** What messages call it. */
export function inputName(input: string): string {
  return input === standardInput ? 'standard input' : input;
}

function isReadable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return !fs.statSync(file).isDirectory();
  } catch {
    return false;
  }
}
