// What is given and what of it is right, for every threshold that makes a difference.

export interface RankStep {
  /** A score is a tag from here on (inclusive). */
  readonly threshold: number;
  /** Pairs at or above it. */
  readonly given: number;
  /** Those of them that are true. */
  readonly right: number;
}

/**
 * One step a distinct score, highest first; O(n log n). `relevant[i]` says whether pair i is true (truthy). Scores that are not
 * finite are never tags. Throws RangeError if the lists differ in length.
 */
export function rankSteps(scores: ArrayLike<number>, relevant: ArrayLike<boolean | number>): RankStep[] {
  if (scores.length !== relevant.length) {
    throw new RangeError(`There are ${scores.length} scores, but ${relevant.length} marks of relevance.`);
  }
  const order: number[] = [];
  for (let index = 0; index < scores.length; index++) if (Number.isFinite(scores[index])) order.push(index);
  const scoreAt = (index: number): number => scores[index] ?? 0;
  order.sort((a, b) => scoreAt(b) - scoreAt(a));
  const steps: RankStep[] = [];
  let right = 0;
  order.forEach((index, rank) => {
    if (relevant[index]) right++;
    const next = order[rank + 1];
    // Equal scores are above the same thresholds: only the last of them makes a step.
    if (next !== undefined && scoreAt(next) === scoreAt(index)) return;
    steps.push({ threshold: scoreAt(index), given: rank + 1, right });
  });
  return steps;
}
