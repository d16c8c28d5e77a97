// What scikit-learn said of fixed scores (fixtures/record.py), and those scores as rows.
import fs from 'node:fs';
import path from 'node:path';
import type { EvaluationRow } from '../../../../src/core/evaluation/evaluationRow';
import type { PrecisionRecall } from '../../../../src/core/evaluation/metrics';

interface Recorded {
  readonly truth: readonly (readonly number[])[];
  readonly scores: readonly (readonly number[])[];
  readonly accuracy: number;
  readonly micro: PrecisionRecall;
  readonly macro: PrecisionRecall;
  readonly perLabel: readonly (PrecisionRecall & { readonly support: number })[];
  readonly averagePrecision: readonly (number | null)[];
  readonly microAveragePrecision: number;
  readonly curve: {
    readonly precision: readonly number[];
    readonly recall: readonly number[];
    readonly thresholds: readonly number[];
  };
  readonly calibration: { readonly shareTrue: readonly number[]; readonly meanScore: readonly number[] };
  readonly histogram: readonly number[];
  readonly single: {
    readonly truth: readonly number[];
    readonly scores: readonly (readonly number[])[];
    readonly confusion: readonly (readonly number[])[];
    readonly accuracy: number;
  };
  readonly platt: { readonly a: number; readonly b: number };
  readonly isotonic: { readonly at: readonly number[]; readonly value: readonly number[] };
}

export const recorded = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'fixtures/figures.json'), 'utf8'),
) as Recorded;

export const labelNames = ['a', 'b', 'c', 'd'];

export function row(
  at: number,
  scores: readonly number[],
  trueLabels: readonly string[],
  labels: readonly string[] = labelNames.slice(0, scores.length),
): EvaluationRow {
  return {
    id: String(at),
    document: String(at),
    place: `data, line ${at}`,
    excerpt: `text ${at}`,
    labels,
    trueLabels,
    scores: Float32Array.from(scores),
  };
}

export const multiLabelRows = recorded.scores.map((scores, at) =>
  row(
    at,
    scores,
    labelNames.filter((_, label) => recorded.truth[at]?.[label] === 1),
  ),
);

export const singleLabelRows = recorded.single.scores.map((scores, at) =>
  row(at, scores, [labelNames[recorded.single.truth[at] ?? 0] ?? '']),
);
