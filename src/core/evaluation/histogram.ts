// How scores spread, of labels that are true and of those that are not.
import type { ScoredPairs } from './scoreMatrix';

export interface HistogramBin {
  /** Scores from `from` on, below `to`; the last bin holds 1 too. */
  readonly from: number;
  readonly to: number;
  readonly right: number;
  readonly wrong: number;
}

/** Bins of equal width over 0 to 1, bounded as `numpy.histogram` does. */
export function histogram({ scores, relevant }: ScoredPairs, binCount = 20): HistogramBin[] {
  const bins = Array.from({ length: binCount }, (_, at) => ({
    from: at / binCount,
    to: (at + 1) / binCount,
    right: 0,
    wrong: 0,
  }));
  scores.forEach((score, index) => {
    let at = 0;
    while (at < binCount - 1 && score >= (at + 1) / binCount) at++;
    const bin = bins[at];
    if (bin) bin[relevant[index] ? 'right' : 'wrong']++;
  });
  return bins;
}
