// Finds the threshold with the best micro F1 over scored (text, label) pairs.

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
  if (scores.length !== relevant.length) {
    throw new RangeError(`There are ${scores.length} scores, but ${relevant.length} marks of relevance.`);
  }
  let positives = missed;
  const order: number[] = [];
  for (let index = 0; index < scores.length; index++) {
    if (relevant[index]) positives++;
    if (Number.isFinite(scores[index])) order.push(index);
  }
  if (positives === 0) return null;
  const scoreAt = (index: number): number => scores[index] ?? 0;
  order.sort((a, b) => scoreAt(b) - scoreAt(a));

  let best: BestThreshold | null = null;
  let right = 0;
  order.forEach((index, rank) => {
    if (relevant[index]) right++;
    const threshold = scoreAt(index);
    const next = order[rank + 1];
    // Equal scores are above the same thresholds: only the last of them makes a candidate.
    if (next !== undefined && scoreAt(next) === threshold) return;
    const microF1 = (2 * right) / (rank + 1 + positives);
    if (!best || microF1 > best.microF1) best = { threshold, microF1 };
  });
  return best;
}
