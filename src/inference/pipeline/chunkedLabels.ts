// Labels of the chunking pipeline: one set for all texts.
import { flattenLabels } from '../../core/flattenLabels';
import type { LabelTree } from '../../core/flattenLabels';
import { AppError } from '../../shared/errors';
import { checkLabels, resolveLabels } from './labelInput';
import type { LabelsOption } from './labelInput';
import { pythonStr } from './pythonText';
import type { JsonValue } from './pythonText';

export interface ChunkedLabels {
  readonly labels: readonly string[];
  /** Parity: the failure that upstream runs into after its first pass over labels that are no strings. */
  readonly unusable: AppError | null;
}

/** @throws AppError input-invalid; in parity mode an empty set is no error. */
export function chunkedLabels(labels: LabelsOption, separator: string, parity: boolean): ChunkedLabels {
  if (!parity) {
    const resolved = resolveLabels(labels, separator);
    if (resolved.perText) throw perTextError();
    checkLabels(resolved, 1);
    return { labels: resolved.lists[0] ?? [], unusable: null };
  }
  const given: unknown = labels;
  const empty = Array.isArray(given) ? given.length === 0 : Object.keys(labels).length === 0;
  if (empty) return { labels: [], unusable: null };
  if (!Array.isArray(given)) return { labels: flattenLabels(labels as LabelTree, separator), unusable: null };
  const entries = given as readonly JsonValue[];
  const [first] = entries;
  if (typeof first === 'string') return { labels: entries.map(pythonStr), unusable: null };
  // Objects are flattened first; then, as lists are, the whole list of a text is printed where a label should stand.
  const lists = Array.isArray(first) ? entries : entries.map((entry) => flattenLabels(entry as LabelTree, separator));
  return { labels: lists.map(pythonStr), unusable: perTextError() };
}

function perTextError(): AppError {
  return new AppError('input-invalid', 'The chunking pipeline takes one set of labels for all texts.');
}
