// Whether scores mean what they say: the share of true pairs among those of like score.
import type { ScoredPairs } from './scoreMatrix';

export interface ReliabilityBin {
  /** Scores above `from`, up to and with `to`; the first bin holds 0 too. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Null where the bin is empty. */
  readonly meanScore: number | null;
  /** Share of its pairs that are true; null where the bin is empty. */
  readonly shareTrue: number | null;
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[];
  /** Null where there are no pairs. */
  readonly expectedCalibrationError: number | null;
}

export const reliabilityBins = 10;

/**
 * Ten bins of equal width, as scikit-learn's `calibration_curve` with `strategy='uniform'`. The expected calibration error is
 * the mean over pairs of |share true - mean score| of their bin (Naeini et al. 2015), over (text, label) pairs.
 */
export function reliability({ scores, relevant }: ScoredPairs, binCount = reliabilityBins): Reliability {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, score: 0, right: 0 }));
  scores.forEach((score, index) => {
    let at = 0;
    while (at < binCount - 1 && score > (at + 1) / binCount) at++;
    const sum = sums[at];
    if (!sum) return;
    sum.count++;
    sum.score += score;
    sum.right += relevant[index] ?? 0;
  });
  const bins = sums.map(({ count, score, right }, at) => ({
    from: at / binCount,
    to: (at + 1) / binCount,
    count,
    meanScore: count === 0 ? null : score / count,
    shareTrue: count === 0 ? null : right / count,
  }));
  const error = sums.reduce((total, { score, right }) => total + Math.abs(right - score), 0);
  return { bins, expectedCalibrationError: scores.length === 0 ? null : error / scores.length };
}
