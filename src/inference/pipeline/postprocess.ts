// From logits to predictions: float32 activations as upstream's, then doubles.
import type { ClassificationMode } from '../../core/labelSet';

export interface Prediction {
  readonly label: string;
  /** 0 to 1. */
  readonly score: number;
  /** Calibrated models: the score before calibration. */
  readonly initialScore?: number;
}

/** Sigmoid in float32. */
export function sigmoid(logits: ArrayLike<number>): number[] {
  return Array.from(logits, (logit) => Math.fround(1 / (1 + Math.exp(-logit))));
}

/** Softmax over all values, in float32, shifted by the maximum. */
export function softmax(logits: ArrayLike<number>): number[] {
  const values = Array.from(logits);
  const top = values.reduce((best, value) => Math.max(best, value), -Infinity);
  const powers = values.map((value) => Math.fround(Math.exp(value - top)));
  const total = Math.fround(powers.reduce((sum, power) => sum + power, 0));
  return powers.map((power) => Math.fround(power / total));
}

/** Probabilities of one row. */
export function activate(logits: ArrayLike<number>, type: ClassificationMode): number[] {
  return type === 'single-label' ? softmax(logits) : sigmoid(logits);
}

export interface RowResult {
  readonly predictions: readonly Prediction[];
  /** Score of every label name; of duplicates the last. */
  readonly scores: ReadonlyMap<string, number>;
}

/**
 * Decides one row. Multi-label: every label at or above the threshold, in input order, duplicates kept. Single-label: the first
 * maximum, whatever the threshold.
 * @param initialLogits Logits before calibration, where the model has them.
 */
export function decideRow(
  logits: ArrayLike<number>,
  labels: readonly string[],
  type: ClassificationMode,
  threshold: number,
  initialLogits: ArrayLike<number> | null,
): RowResult {
  const scores = activate(logits, type);
  const initial = initialLogits === null ? null : activate(initialLogits, type);
  const all = labels.map((label, index): Prediction => {
    const score = scores[index] ?? 0;
    return initial === null ? { label, score } : { label, score, initialScore: initial[index] ?? 0 };
  });
  return decideScores(all, type, threshold);
}

/** The same from scores of all labels. */
export function decideScores(all: readonly Prediction[], type: ClassificationMode, threshold: number): RowResult {
  const map = new Map(all.map(({ label, score }) => [label, score]));
  if (type === 'multi-label') return { predictions: all.filter(({ score }) => score >= threshold), scores: map };
  const best = all.reduce<Prediction | null>((top, one) => (top === null || one.score > top.score ? one : top), null);
  return { predictions: best === null ? [] : [best], scores: map };
}
