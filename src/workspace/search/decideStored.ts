// From kept scores to tags: the thresholds of today over the scores of yesterday. Nothing is classified for it.
import { decide } from '../../core/decide';
import type { LabelSet } from '../../core/labelSet';
import type { TagResult } from '../../core/tagResult';
import type { StoredDetails, StoredDocument } from '../types';

/**
 * The decision over the kept scores of one document. Spans are empty where no evidence is given. Throws RangeError when the scores
 * are of another label set.
 */
export function decideStored(
  document: Pick<StoredDocument, 'scores'> & Partial<Pick<StoredDetails, 'evidence'>>,
  set: LabelSet,
): TagResult {
  const { scores, evidence } = document;
  if (scores.length !== set.labels.length) {
    throw new RangeError(`${scores.length} scores for the ${set.labels.length} labels of “${set.name}”`);
  }
  return decide(
    set.labels.map(({ name }, index) => ({
      label: name,
      score: scores[index] ?? 0,
      start: evidence?.[2 * index] ?? 0,
      end: evidence?.[2 * index + 1] ?? 0,
    })),
    set,
  );
}
