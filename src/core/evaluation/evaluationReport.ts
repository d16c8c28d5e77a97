// Everything a report says, as plain data: what `glitag evaluate --json` prints and what the report page shows.
import { bestThreshold } from './bestThreshold';
import { confusion } from './confusion';
import { figuresOf, thresholdSweep } from './figures';
import type { SweepPoint } from './figures';
import { histogram } from './histogram';
import type { HistogramBin } from './histogram';
import type { LabelMetrics, Metrics } from './metrics';
import { worstMistakes } from './mistakes';
import type { Mistake, Mistakes } from './mistakes';
import { averagePrecision, precisionRecallCurve, thinned } from './precisionRecallCurve';
import type { CurvePoint } from './precisionRecallCurve';
import { predict } from './predict';
import type { DecisionRules } from './predict';
import { reliability } from './reliability';
import type { Reliability } from './reliability';
import { pairsOf } from './scoreMatrix';
import type { ScoreMatrix } from './scoreMatrix';

/** What does not depend on a threshold, of one label or of all pairs together. */
export interface Curves extends Reliability {
  /** Null where nothing is true. */
  readonly averagePrecision: number | null;
  /** At most 200 points. */
  readonly precisionRecall: readonly CurvePoint[];
  readonly histogram: readonly HistogramBin[];
}

export interface LabelReport extends LabelMetrics, Curves {}

export interface NamedMistake {
  readonly id: string;
  readonly place: string;
  readonly label: string;
  readonly score: number | null;
}

export interface EvaluationReport extends Omit<Metrics, 'perLabel'> {
  readonly macroF1: number;
  readonly microF1: number;
  readonly perLabel: readonly LabelReport[];
  /** Over all (row, label) pairs; null where no threshold is better than another. */
  readonly bestThreshold: number | null;
  readonly bestMicroF1: number | null;
  readonly overall: Curves;
  readonly thresholds: readonly SweepPoint[];
  readonly confusion: readonly {
    readonly meant: string | null;
    readonly given: string | null;
    readonly rows: number;
  }[];
  readonly mistakes: {
    readonly wrong: readonly NamedMistake[];
    readonly missed: readonly NamedMistake[];
    readonly counts: Mistakes['counts'];
  };
}

/** `label`: its number; null for all pairs together. */
export function curvesOf(matrix: ScoreMatrix, label: number | null): Curves {
  const pairs = pairsOf(matrix, label);
  const curve = precisionRecallCurve(pairs);
  return {
    averagePrecision: averagePrecision(pairs, curve),
    ...reliability(pairs),
    precisionRecall: thinned(curve),
    histogram: histogram(pairs),
  };
}

export function evaluationReport(matrix: ScoreMatrix, rules: DecisionRules): EvaluationReport {
  const predictions = predict(matrix, rules);
  const { perLabel, ...overall } = figuresOf(matrix, predictions);
  const numbers = new Map(matrix.labels.map((label, at) => [label, at]));
  const { scores, relevant, missed } = pairsOf(matrix, null);
  const best = bestThreshold(scores, relevant, missed);
  const nameOf = (label: number | null): string | null => (label === null ? null : (matrix.labels[label] ?? null));
  const named = ({ row, label, score }: Mistake): NamedMistake[] => {
    const of = matrix.rows[row];
    return of ? [{ id: of.id, place: of.place, label: matrix.labels[label] ?? '', score }] : [];
  };
  const mistakes = worstMistakes(matrix, predictions);
  return {
    ...overall,
    macroF1: overall.macro.f1,
    microF1: overall.micro.f1,
    perLabel: perLabel.map((label) => ({ ...label, ...curvesOf(matrix, numbers.get(label.label) ?? null) })),
    bestThreshold: best?.threshold ?? null,
    bestMicroF1: best?.microF1 ?? null,
    overall: curvesOf(matrix, null),
    thresholds: thresholdSweep(matrix, rules),
    confusion: confusion(matrix, predictions).map(({ meant, given, rows }) => ({
      meant: nameOf(meant),
      given: nameOf(given),
      rows,
    })),
    mistakes: {
      wrong: mistakes.wrong.flatMap(named),
      missed: mistakes.missed.flatMap(named),
      counts: mistakes.counts,
    },
  };
}
