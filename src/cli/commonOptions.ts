// Options that several commands have, and how their values are read.
import { InvalidArgumentError, Option } from 'commander';

export const modelOption = () => new Option('--model <folder>', 'model folder (default: the embedded model)');
export const modelsOption = () =>
  new Option('--models <file>', 'models by name, for labels that name one: {"name": "folder"} as in glitag.models');
export const labelsOption = () =>
  new Option('--labels <file>', 'label set or labels, JSON or YAML (default: the built-in set)');
export const thresholdOption = () =>
  new Option('--threshold <number>', 'lowest score that counts, 0 to 1').argParser(zeroToOne);
export const threadsOption = () =>
  new Option('--threads <number>', 'threads of the model; 0 chooses').argParser(wholeNumber);

/** Chunk length where none is given, as the extension's: passages short enough to point at. */
export const defaultChunkTokens = 256;

function zeroToOne(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
