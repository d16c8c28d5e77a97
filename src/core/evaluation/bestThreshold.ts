// Finds the threshold with the best micro F1 over scored (text, label) pairs.
import { rankSteps } from './rankSteps';

export interface BestThreshold {
  /** A score is a tag from here on (inclusive). */
  readonly threshold: number;
  readonly microF1: number;
}

/**
 * Tries every score as threshold, in O(n log n). `scores[i]` belongs to one (text, label) pair, `relevant[i]` says whether the
 * label is true there (truthy). `missed` counts true labels without a score; they can never be found. Scores that are not finite
 * are never tags. Of equal F1 the highest threshold counts. Null where nothing is true or nothing is scored: no threshold is
 * better than another. Throws RangeError if the lists differ in length.
 */
export function bestThreshold(
  scores: ArrayLike<number>,
  relevant: ArrayLike<boolean | number>,
  missed = 0,
): BestThreshold | null {
  const steps = rankSteps(scores, relevant);
  const positives = missed + Array.from(relevant).filter(Boolean).length;
  if (positives === 0) return null;
  let best: BestThreshold | null = null;
  for (const { threshold, given, right } of steps) {
    const microF1 = (2 * right) / (given + positives);
    if (!best || microF1 > best.microF1) best = { threshold, microF1 };
  }
  return best;
}
