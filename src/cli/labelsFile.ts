// Reads a label set from a JSON or YAML file for --labels; without one, the built-in default set.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { defaultLabelSets, defaultLabelSetName } from '../core/defaultLabelSets';
import type { LabelSet } from '../core/labelSet';
import { slipOf } from '../core/nearestName';
import { parseLabelSets, setKeys } from '../core/parseLabelSets';
import { AppError } from '../shared/errors';

/** Whether the value is one whole label set; otherwise it is taken as the labels alone. */
function isLabelSet(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    'labels' in value &&
    Object.keys(value).every((key) => setKeys.includes(key) || slipOf(key, setKeys) !== null)
  );
}

/**
 * The label set in `file`: either one entry of `glitag.labelSets` (an object with `labels`) or just the labels, as a list or
 * nested. `threshold` replaces the set's own, and its labels' too, where given. Throws AppError label-set-invalid.
 */
export function readLabelSet(file: string | undefined, threshold: number | undefined): LabelSet {
  const set = file === undefined ? builtIn() : fromFile(file);
  if (threshold === undefined) return set;
  const labels = set.labels.map(({ name, path: parts, description, finding }) => ({
    name,
    path: parts,
    ...(description === undefined ? {} : { description }),
    ...(finding === undefined ? {} : { finding }),
  }));
  return { ...set, threshold, labels };
}

function builtIn(): LabelSet {
  const set = parseLabelSets(defaultLabelSets).sets.find(({ name }) => name === defaultLabelSetName);
  if (!set) throw new AppError('label-set-invalid', `The built-in label set “${defaultLabelSetName}” is missing.`);
  return set;
}

function fromFile(file: string): LabelSet {
  let value: unknown;
  try {
    value = parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new AppError('label-set-invalid', `The labels file ${file} cannot be read as JSON or YAML: ${reason ?? ''}`, {
      cause: error,
    });
  }
  const name = path.basename(file, path.extname(file));
  const { sets, problems } = parseLabelSets({ [name]: isLabelSet(value) ? value : { labels: value } });
  const [set] = sets;
  if (!set) {
    const lines = problems.map(({ message }) => `  ${message}`);
    throw new AppError('label-set-invalid', [`The labels file ${file} has a problem:`, ...lines].join('\n'));
  }
  // Warnings only: the set works.
  for (const { message } of problems) process.stderr.write(`glitag: ${file}: ${message}\n`);
  return set;
}
