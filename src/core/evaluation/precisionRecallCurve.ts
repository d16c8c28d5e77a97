// Precision against recall as the threshold goes down, and the average precision (scikit-learn's definitions).
import { rankSteps } from './rankSteps';
import type { ScoredPairs } from './scoreMatrix';

export interface CurvePoint {
  readonly threshold: number;
  readonly precision: number;
  readonly recall: number;
}

/**
 * One point a distinct score, highest threshold first, as far as the recall that can be reached; empty where nothing is true.
 * scikit-learn's `precision_recall_curve` gives the same points in reverse order, with (1, 0) behind them.
 */
export function precisionRecallCurve({ scores, relevant, missed }: ScoredPairs): CurvePoint[] {
  const positives = missed + relevant.reduce((sum, one) => sum + one, 0);
  if (positives === 0) return [];
  return rankSteps(scores, relevant).map(({ threshold, given, right }) => ({
    threshold,
    precision: right / given,
    recall: right / positives,
  }));
}

/**
 * Sum of (recall gained) x (precision there), without interpolation: `average_precision_score`. Null where nothing is true.
 * `curve`: the pairs' own, for whoever has it.
 */
export function averagePrecision(pairs: ScoredPairs, curve = precisionRecallCurve(pairs)): number | null {
  if (curve.length === 0) return pairs.missed > 0 ? 0 : null;
  let before = 0;
  let sum = 0;
  for (const { precision, recall } of curve) {
    sum += (recall - before) * precision;
    before = recall;
  }
  return sum;
}

/** At most `limit` points, the first and the last among them: what a chart can show, and a table. */
export function thinned<T>(points: readonly T[], limit = 200): T[] {
  if (points.length <= limit) return [...points];
  const step = (points.length - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, at) => points[Math.round(at * step)]).filter((point) => point !== undefined);
}
