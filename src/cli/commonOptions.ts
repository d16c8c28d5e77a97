// Options that several commands have, and how their values are read.
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Shard } from '../workspace/find/shard';

/** Which model, and where names of models are looked up. */
export function addModelOptions(command: Command): Command {
  return command
    .option('--model <model>', 'model folder, or the name of an installed model (default: the embedded model)')
    .option('--models <file>', 'models by name, for labels that name one: {"name": "folder"} as in glitag.models')
    .addOption(modelsDirOption());
}
export const modelsDirOption = () =>
  new Option(
    '--models-dir <folder>',
    'where installed models are: see "glitag models" (default: the cache of the user)',
  );
export const labelsOption = () =>
  new Option('--labels <file>', 'label set or labels, JSON or YAML (default: the built-in set)');
export const thresholdOption = () =>
  new Option('--threshold <number>', 'lowest score that counts, 0 to 1').argParser(zeroToOne);
/** As `glitag.threads`. */
const threads = wholeFrom(0, 128);
export const threadsOption = () =>
  new Option('--threads <number>', 'threads of the model; 0 chooses').argParser(threads);

/** Chunk length where none is given, as the extension's: passages short enough to point at. */
export const defaultChunkTokens = 256;

/** A server in place of a model here. */
export function addServerOptions(command: Command): Command {
  return command
    .option('--server <url>', 'ask a GLiClass server; a token is read from GLITAG_TOKEN, and --model counts tokens')
    .option('--server-model <name>', "the server's model, which it does not tell: results are kept by this name")
    .option('--adapter <id>', 'LoRA adapter that the server is to use');
}

/** Which files of folders are taken, how they are read, and where results are kept. */
export function addFilesOptions(command: Command): Command {
  return addServerOptions(addModelOptions(command))
    .addOption(thresholdOption())
    .option('--include <glob...>', 'of the files in folders, take only these')
    .option('--exclude <glob...>', 'leave these files out')
    .option('--no-ignore', 'take files that .gitignore and .git/info/exclude leave out, too')
    .addOption(
      new Option(
        '--split <rule>',
        'read files in parts, as “csv: column”; “glob=rule” for other files; may be repeated',
      ).argParser(repeated),
    )
    .option('--encoding <name>', 'encoding of files that do not say it themselves, such as windows1252 (default: utf8)')
    .option('--front-matter', 'the model reads the front matter of Markdown too, but for its tags')
    .option('--index <file>', 'keep results in this file; unchanged documents are not classified again')
    .addOption(new Option('--chunk-tokens <number>', 'longest passage in tokens').argParser(wholeFrom(16, 8192)))
    .addOption(new Option('--jobs <number>', 'threads of the model; 0 chooses').argParser(threads));
}

/** Reads how many results are wanted. */
export const resultCount = wholeFrom(1, 100_000);

/** All values of an option that may be given several times. */
export function repeated(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** Reads an argument or option from 0 to 1. */
export function zeroToOne(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

/** Reads `3/16`. */
export function shardOf(text: string): Shard {
  const [, number = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (number < 1 || number > of) throw new InvalidArgumentError('It must be as 3/16: the third of 16, from 1 to 16.');
  return { number, of };
}

/** Reads a whole number in a range. */
export function wholeFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}
