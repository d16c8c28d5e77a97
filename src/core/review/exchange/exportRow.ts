// From decisions on one text to a row of upstream's training format.
import type { LabelSet } from '../../labelSet';
import { effectiveTags, excludes } from '../effectiveTags';
import type { LabelVerdict } from '../effectiveTags';

/** Upstream's row; see core/trainingData. */
export interface ExportRow {
  readonly text: string;
  readonly all_labels: readonly string[];
  /** Labels that are right, or (`confidence`) 1 and 0 for right and wrong ones. */
  readonly true_labels: readonly string[] | Readonly<Record<string, number>>;
}

/**
 * The row, or null where nothing is decided that a model could learn. `all_labels` holds only what is known: labels that were
 * decided on, those that exclude each other with a given one, and the whole set where none fits. A label that nobody looked at would
 * be learnt as wrong. Labels on which people differ are left out.
 */
export function exportRow(
  text: string,
  decisions: readonly LabelVerdict[],
  set: LabelSet,
  { confidence = false }: { readonly confidence?: boolean } = {},
): ExportRow | null {
  const { tags, rejected } = effectiveTags({ tags: [], scores: [] }, decisions, set);
  const differ = new Set([...tags, ...rejected].filter(({ conflict }) => conflict).map(({ label }) => label));
  const right = new Set(tags.map(({ label }) => label).filter((label) => !differ.has(label)));
  const wrong = new Set(rejected.map(({ label }) => label));
  const isNone = decisions.some(({ verdict }) => verdict === 'none-fits');
  const given = set.labels.filter(({ name }) => right.has(name));
  const known = set.labels.filter(
    (label) =>
      !differ.has(label.name) &&
      (isNone || right.has(label.name) || wrong.has(label.name) || given.some((one) => excludes(one, label, set))),
  );
  if (known.length === 0) return null;
  const names = known.map(({ name }) => name);
  return {
    text,
    all_labels: names,
    true_labels: confidence
      ? Object.fromEntries(names.map((name) => [name, Number(right.has(name))]))
      : names.filter((name) => right.has(name)),
  };
}
