// The figures of an evaluation at one threshold, and how the overall ones go with the threshold.
import { measure } from './metrics';
import type { LabelMetrics, Metrics, PrecisionRecall } from './metrics';
import { predict } from './predict';
import type { DecisionRules } from './predict';
import type { ScoreMatrix } from './scoreMatrix';

/** [rows] of label numbers, as `predict` gives them. */
export type Predictions = readonly (readonly number[])[];

/**
 * `measure` over the rows: micro, macro and accuracy count labels that are true or given somewhere, as scikit-learn does.
 * `perLabel` also holds those that are neither, with zeros; sorted by label.
 */
export function figuresOf({ labels, rows }: ScoreMatrix, predictions: Predictions): Metrics {
  const names = (numbers: readonly number[]): string[] => numbers.map((label) => labels[label] ?? '');
  const metrics = measure(
    rows.map(({ truth }) => names(truth)),
    predictions.map(names),
  );
  const seen = new Set(metrics.perLabel.map(({ label }) => label));
  const unseen = labels
    .filter((label) => !seen.has(label))
    .map((label): LabelMetrics => ({ label, precision: 0, recall: 0, f1: 0, support: 0, predicted: 0 }));
  const perLabel = [...metrics.perLabel, ...unseen].sort((a, b) => (a.label < b.label ? -1 : 1));
  return { ...metrics, perLabel };
}

export interface SweepPoint extends PrecisionRecall {
  readonly threshold: number;
  /** Labels given, over all rows. */
  readonly given: number;
  readonly macroF1: number;
}

/** Micro precision, recall and F1, and macro F1, at `steps` + 1 thresholds from 0 to 1. */
export function thresholdSweep(matrix: ScoreMatrix, rules: DecisionRules, steps = 50): SweepPoint[] {
  return Array.from({ length: steps + 1 }, (_, step) => {
    const threshold = step / steps;
    const predictions = predict(matrix, { ...rules, threshold });
    const { micro, macro } = figuresOf(matrix, predictions);
    const given = predictions.reduce((sum, labels) => sum + labels.length, 0);
    return { threshold, given, ...micro, macroF1: macro.f1 };
  });
}
