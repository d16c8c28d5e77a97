// Reads a label set from a JSON or YAML file for --labels; without one, the built-in default set.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { defaultLabelSets, defaultLabelSetName } from '../core/defaultLabelSets';
import type { LabelSet } from '../core/labelSet';
import { slipOf, writtenKey } from '../core/nearestName';
import { parseLabelSets, setKeys } from '../core/parseLabelSets';
import { safeText } from '../core/tree/safeText';
import { AppError } from '../shared/errors';

/** Longer reasons hold the file itself. */
const maxReason = 200;

/** Whether the value is one whole label set; otherwise it is taken as the labels alone. */
function isLabelSet(value: unknown): value is Readonly<Record<string, unknown>> {
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
  return withThreshold(file === undefined ? builtIn() : readWrittenSet(file).set, threshold);
}

/** The set with this threshold for all of its labels, where one is given. */
export function withThreshold(set: LabelSet, threshold: number | undefined): LabelSet {
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

export interface WrittenSet {
  readonly set: LabelSet;
  /** Whether the file itself says it; else the set's value is what stands for nothing said. */
  readonly says: Readonly<Record<'mode' | 'threshold', boolean>>;
}

function readValue(file: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('label-set-invalid', `The labels file ${file} cannot be read. Check the path of --labels.`, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = parse(text, { logLevel: 'error' });
  } catch (cause) {
    const [reason = ''] = cause instanceof Error ? cause.message.split('\n') : [];
    const shown = safeText(reason.replace(/:$/u, ''), maxReason);
    throw new AppError('label-set-invalid', `The labels file ${file} cannot be read as JSON or YAML: ${shown}.`, {
      cause,
    });
  }
  // YAML reads lines without a sign before them as one text: one label of all their words.
  if (typeof value === 'string')
    throw new AppError(
      'label-set-invalid',
      `The labels file ${file} holds a text, not a list of labels. Write each label in a line of its own, with “- ” before it.`,
    );
  return value;
}

/** The label set in `file`, as `readLabelSet` reads it. Throws AppError label-set-invalid. */
export function readWrittenSet(file: string): WrittenSet {
  const value = readValue(file);
  const name = path.basename(file, path.extname(file));
  const { sets, problems } = parseLabelSets({ [name]: isLabelSet(value) ? value : { labels: value } });
  const [set] = sets;
  if (!set) {
    const lines = problems.map(({ message }) => `  ${message}`);
    throw new AppError('label-set-invalid', [`The labels file ${file} has a problem:`, ...lines].join('\n'));
  }
  // Warnings only: the set works.
  for (const { message } of problems) process.stderr.write(`glitag: ${file}: ${message}\n`);
  const says = (key: 'mode' | 'threshold') => isLabelSet(value) && writtenKey(value, key, setKeys) in value;
  return { set, says: { mode: says('mode'), threshold: says('threshold') } };
}
