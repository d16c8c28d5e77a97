// How the chunking pipeline turns scores of pieces into predictions of a text.
import type { ClassificationMode } from '../../core/labelSet';
import type { Prediction, RowResult } from './postprocess';

/** Decides a text of one piece. Multi-label: at or above the threshold, best first. Single-label: the first maximum. */
export function decideShort(
  scores: readonly number[],
  labels: readonly string[],
  type: ClassificationMode,
  threshold: number,
): RowResult {
  const all = labels.map((label, index): Prediction => ({ label, score: scores[index] ?? 0 }));
  const map = new Map(all.map(({ label, score }) => [label, score]));
  return { predictions: pick(all, type, threshold), scores: map };
}

/** Highest score of each label over all chunks ([chunks][labels]); duplicate labels become one, with the last score of each chunk. */
export function aggregateChunks(
  chunks: readonly (readonly number[])[],
  labels: readonly string[],
): Map<string, number> {
  const best = new Map(labels.map((label) => [label, 0]));
  for (const scores of chunks) {
    const chunk = new Map(labels.map((label, index) => [label, scores[index] ?? 0]));
    for (const [label, score] of chunk) best.set(label, Math.max(best.get(label) ?? 0, score));
  }
  return best;
}

/** Decides a text of several chunks. Single-label: the maxima are divided by their sum, so that they add up to 1 again. */
export function decideLong(
  aggregated: ReadonlyMap<string, number>,
  type: ClassificationMode,
  threshold: number,
): RowResult {
  const total = [...aggregated.values()].reduce((sum, score) => sum + score, 0);
  const divisor = type === 'single-label' && total > 0 ? total : 1;
  const scores = new Map([...aggregated].map(([label, score]) => [label, score / divisor]));
  const all = Array.from(scores, ([label, score]): Prediction => ({ label, score }));
  return { predictions: pick(all, type, threshold), scores };
}

function pick(all: readonly Prediction[], type: ClassificationMode, threshold: number): Prediction[] {
  if (type === 'multi-label')
    return all.filter(({ score }) => score >= threshold).sort((one, other) => other.score - one.score);
  const best = all.reduce<Prediction | null>((top, one) => (top === null || one.score > top.score ? one : top), null);
  return best === null ? [] : [best];
}
