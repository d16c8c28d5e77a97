// Where a threshold is written in a label set as users write it: one small change a label, so that all else stays as it is.
import { defaultSeparator, joinName } from './flattenLabels';
import type { Steps } from './labelSetProblems';
import { slipOf, writtenKey } from './nearestName';
import { setKeys } from './parseLabelSets';
import { isLeaf, itemKeys, leafKeys, nameKeyOf } from './readLabels';
import { isRecord } from './values';

/** `value` is what stands at `steps` (from the label set on) afterwards. */
export interface EntryEdit {
  readonly steps: Steps;
  readonly value: unknown;
}

/** Full names of labels that are to get a threshold. */
export type LabelThresholds = ReadonlyMap<string, number>;

/** `entry`: a label set that has no mistakes. Labels that it does not have are left out. */
export function labelThresholdEdits(entry: unknown, thresholds: LabelThresholds): EntryEdit[] {
  const edits: EntryEdit[] = [];
  if (isRecord(entry)) walk(entry['labels'], [], ['labels'], thresholds, edits);
  return edits;
}

/** One threshold for all labels; where labels have one of their own, it is written there too. */
export function setThresholdEdits(entry: unknown, names: Iterable<string>, threshold: number): EntryEdit[] {
  const own = labelThresholdEdits(entry, new Map(Array.from(names, (name) => [name, threshold])));
  const written = own.filter(({ steps }) => isThreshold(steps) && valueAt(entry, steps) !== undefined);
  const key = isRecord(entry) ? writtenKey(entry, 'threshold', setKeys) : 'threshold';
  return [...written, { steps: [key], value: threshold }];
}

/** As core/readLabels reads them. */
function walk(
  value: unknown,
  path: readonly string[],
  steps: Steps,
  wanted: LabelThresholds,
  edits: EntryEdit[],
): void {
  if (typeof value === 'string') {
    const threshold = wanted.get(nameOf([...path, value]));
    if (threshold === undefined) return;
    const item = { name: value, threshold };
    // Only a list holds labels with a name of their own.
    edits.push({ steps, value: typeof steps.at(-1) === 'number' ? item : [item] });
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, at) => {
      const own = [...steps, at];
      const name = isRecord(item) ? namedOf(item) : undefined;
      if (isRecord(item) && name !== undefined) field(item, [...path, name], own, wanted, edits);
      else walk(item, path, own, wanted, edits);
    });
  } else if (isRecord(value) && path.length > 0 && isLeaf(value, leafKeys)) field(value, path, steps, wanted, edits);
  else if (isRecord(value))
    for (const [name, child] of Object.entries(value)) walk(child, [...path, name], [...steps, name], wanted, edits);
}

function field(
  leaf: Readonly<Record<string, unknown>>,
  path: readonly string[],
  steps: Steps,
  wanted: LabelThresholds,
  edits: EntryEdit[],
): void {
  const threshold = wanted.get(nameOf(path));
  if (threshold !== undefined)
    edits.push({ steps: [...steps, writtenKey(leaf, 'threshold', itemKeys)], value: threshold });
}

function isThreshold(steps: Steps): boolean {
  const last = steps.at(-1);
  return typeof last === 'string' && (last === 'threshold' || slipOf(last, ['threshold']) !== null);
}

function namedOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const key = nameKeyOf(item);
  const name = key === null ? undefined : item[key];
  return typeof name === 'string' ? name : undefined;
}

function nameOf(path: readonly string[]): string {
  return path.map((part) => part.trim()).reduce((prefix, part) => joinName(prefix, part, defaultSeparator), '');
}

function valueAt(entry: unknown, steps: Steps): unknown {
  return steps.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], entry);
}
