// Two models on the same rows: how many answers one of them mends and breaks, and whether that can be chance.
import type { Predictions } from './figures';
import type { ScoreMatrix } from './scoreMatrix';

export interface Comparison {
  /** (row, label) pairs on which both are judged. */
  readonly pairs: number;
  readonly documents: number;
  /** Pairs that only the later model has right. */
  readonly mended: number;
  /** Pairs that only the earlier model has right. */
  readonly broken: number;
  /** Probability of so large a difference between two equally good models: McNemar's exact test, two-sided. */
  readonly chance: number;
}

/** `before`, `after`: what both models give the rows of the matrix, by the same rules. */
export function compareModels(
  { labels, rows, scores }: ScoreMatrix,
  before: Predictions,
  after: Predictions,
): Comparison {
  const documents = new Set<string>();
  let [pairs, mended, broken] = [0, 0, 0];
  rows.forEach(({ document, truth }, row) => {
    labels.forEach((_, label) => {
      if (!Number.isFinite(scores[row * labels.length + label] ?? NaN)) return;
      pairs++;
      documents.add(document);
      const isTrue = truth.includes(label);
      const was = before[row]?.includes(label) === isTrue;
      const is = after[row]?.includes(label) === isTrue;
      if (is && !was) mended++;
      if (was && !is) broken++;
    });
  });
  return { pairs, documents: documents.size, mended, broken, chance: mcNemar(mended, broken) };
}

/** Twice the tail of the binomial distribution with probability one half, at most 1; summed in logarithms, since 2^-n is 0 for large n. */
function mcNemar(mended: number, broken: number): number {
  const n = mended + broken;
  let term = -n * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(mended, broken); k++) {
    tail += Math.exp(term);
    term += Math.log((n - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
