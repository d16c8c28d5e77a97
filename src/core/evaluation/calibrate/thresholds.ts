// Thresholds under which the calibrated probabilities expect the best F1.
import { probabilityOf, scoreAt } from './calibration';
import type { Calibration } from './calibration';
import type { DecidedPair } from './decidedPairs';

export interface Thresholds {
  /** One threshold for all labels. */
  readonly set: number;
  /** [labels]: 1 where a label never becomes probable enough. */
  readonly labels: readonly number[];
}

const lowest = 0.01;
const highest = 0.9999;

/**
 * Micro-F1 is greatest where every label is given from one and the same probability on (Lipton et al. 2014), so there is one such
 * cut for the set, and each label's threshold is the score at which its own curve reaches it. `set` is the best single threshold,
 * by the same expectation. `missed`: true labels that no threshold gives.
 */
export function thresholdsFor(calibration: Calibration, pairs: readonly DecidedPair[], missed: number): Thresholds {
  const probable = pairs.map(({ label, score }) => ({ score, probability: probabilityOf(calibration, label, score) }));
  const cut = bestCut(
    probable.map(({ probability }) => ({ at: probability, probability })),
    missed,
  );
  const set = bestCut(
    probable.map(({ score, probability }) => ({ at: score, probability })),
    missed,
  );
  return {
    set: readable(set),
    labels: calibration.labels.map((_, label) => readable(scoreAt(calibration, label, cut))),
  };
}

/** The cut with the greatest expected F1: 2 x expected right / (given + expected true). Of equals the highest. */
function bestCut(candidates: readonly { readonly at: number; readonly probability: number }[], missed: number): number {
  const sorted = [...candidates].sort((a, b) => b.at - a.at);
  const expectedTrue = sorted.reduce((sum, { probability }) => sum + probability, missed);
  let best = { at: 0.5, f1: -1 };
  let right = 0;
  sorted.forEach(({ at, probability }, rank) => {
    right += probability;
    if (sorted[rank + 1]?.at === at) return;
    const f1 = (2 * right) / (rank + 1 + expectedTrue);
    if (f1 > best.f1) best = { at, f1 };
  });
  return best.at;
}

/** Two digits, or as many as four near 1, where scores crowd. Rounded down, so that the score itself still counts. */
function readable(score: number | null): number {
  if (score === null || score > highest) return 1;
  const unit = score < 0.98 ? 100 : 10_000;
  return Math.max(lowest, Math.floor(score * unit + 1e-9) / unit);
}
