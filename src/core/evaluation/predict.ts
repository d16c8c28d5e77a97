// Which labels each row is given at a threshold: the product's own decisions over a matrix of scores.
import { decide, thresholdOf } from '../decide';
import type { Label, LabelSet } from '../labelSet';
import type { ScoreMatrix } from './scoreMatrix';

/** What of a label set decides. */
export type DecisionRules = Pick<LabelSet, 'mode' | 'threshold' | 'exclusive'> & {
  /** Labels with thresholds of their own or in exclusive groups; labels that are not named here have neither. */
  readonly labels: readonly Label[];
};

/**
 * Numbers of the labels that each row is given, [rows]. `rules.threshold` moves the labels that have no threshold of their own.
 * Single-label with threshold 0 gives each row its best label, the first of equals.
 */
export function predict(matrix: ScoreMatrix, rules: DecisionRules): number[][] {
  const known = new Map(rules.labels.map((label) => [label.name, label]));
  const labels = matrix.labels.map((name): Label => known.get(name) ?? { name, path: [name] });
  if (rules.mode === 'multi-label' && rules.exclusive.length > 0) return byGroups(matrix, { ...rules, labels });
  const thresholds = labels.map((label) => thresholdOf(label, rules));
  return matrix.rows.map((_, row) => {
    const scores = matrix.scores.subarray(row * labels.length, (row + 1) * labels.length);
    return rules.mode === 'single-label' ? winner(scores, thresholds) : above(scores, thresholds);
  });
}

/** Comparisons with NaN are false: what was not asked for is never given. */
function above(scores: Float32Array, thresholds: readonly number[]): number[] {
  const given: number[] = [];
  thresholds.forEach((threshold, label) => {
    if ((scores[label] ?? NaN) >= threshold) given.push(label);
  });
  return given;
}

function winner(scores: Float32Array, thresholds: readonly number[]): number[] {
  let best = -1;
  scores.forEach((score, label) => {
    if (Number.isFinite(score) && (best < 0 || score > (scores[best] ?? 0))) best = label;
  });
  return best >= 0 && (scores[best] ?? 0) >= (thresholds[best] ?? 0) ? [best] : [];
}

function byGroups({ rows, labels, scores }: ScoreMatrix, rules: DecisionRules): number[][] {
  const numbers = new Map(labels.map((label, at) => [label, at]));
  const set: LabelSet = { ...rules, name: '', examples: [], include: [], exclude: [] };
  return rows.map((_, row) => {
    const own = labels.map((label, at) => ({
      label,
      score: scores[row * labels.length + at] ?? NaN,
      start: 0,
      end: 0,
    }));
    return decide(own, set).tags.flatMap(({ label }) => numbers.get(label) ?? []);
  });
}
