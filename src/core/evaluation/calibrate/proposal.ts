// Proposes thresholds from what was decided, and says what they are worth.
import { thresholdOf } from '../../decide';
import { atOnce } from '../../slices';
import type { Slices } from '../../slices';
import { ratios } from '../metrics';
import type { PrecisionRecall } from '../metrics';
import type { DecisionRules } from '../predict';
import type { ScoreMatrix } from '../scoreMatrix';
import { calibrating } from './calibration';
import type { LabelCalibration } from './calibration';
import { decidedPairs, partsOf } from './decidedPairs';
import type { DecidedPair } from './decidedPairs';
import { missingOf } from './enough';
import { estimate } from './estimate';
import type { Estimate } from './estimate';
import { heldOutPairs } from './heldOut';
import type { HeldOutPair } from './heldOut';
import { thresholdsFor } from './thresholds';

export interface LabelProposal {
  readonly label: string;
  readonly threshold: number;
  readonly method: LabelCalibration['method'];
  readonly positives: number;
  readonly negatives: number;
  /** Of held-out documents; null where nothing was given, or nothing is true. */
  readonly precision: Estimate | null;
  readonly recall: Estimate | null;
}

export interface AcceptAbove {
  readonly score: number;
  /** Pairs with that score or more. */
  readonly count: number;
  /** Mean of their calibrated probabilities: the share that is expected to be right. */
  readonly expectedPrecision: number;
  /** The share that is right. */
  readonly precision: Estimate;
}

export interface ThresholdProposal {
  readonly labels: readonly LabelProposal[];
  /** One threshold for all labels instead. */
  readonly set: { readonly threshold: number; readonly heldOut: PrecisionRecall };
  /** Over all labels, with the labels' thresholds, of held-out documents. */
  readonly heldOut: PrecisionRecall & {
    readonly precisionEstimate: Estimate | null;
    readonly recallEstimate: Estimate | null;
  };
  /** The same with the thresholds that are in use; exclusive groups are not looked at in either. */
  readonly now: PrecisionRecall;
  /** The held-out F1 is better by a hundredth at least: a proposal that is not should not be offered. */
  readonly isBetter: boolean;
  readonly acceptAbove: readonly AcceptAbove[];
}

const leastGain = 0.01;
const acceptScores = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

/** Null where there is too little (enough.ts). */
export function proposeThresholds(matrix: ScoreMatrix, rules: DecisionRules): ThresholdProposal | null {
  return atOnce(proposingThresholds(matrix, rules));
}

/** As `proposeThresholds`, in pieces: with thousands of pairs all at once takes a good part of a second. */
export function* proposingThresholds(matrix: ScoreMatrix, rules: DecisionRules): Slices<ThresholdProposal | null> {
  const decided = decidedPairs(matrix, rules.mode);
  const { pairs, unreachable } = decided;
  if (missingOf(pairs)) return null;

  const calibration = yield* calibrating(pairs, matrix.labels.length);
  const thresholds = thresholdsFor(calibration, pairs, unreachable.length);
  const heldOut = yield* heldOutPairs(decided, matrix.labels.length);
  const perLabel = partsOf(heldOut, ({ label }) => label, matrix.labels.length);
  const missedOf = partsOf(unreachable, ({ label }) => label, matrix.labels.length);
  const own = new Map(rules.labels.map((label) => [label.name, thresholdOf(label, rules)]));
  const inUse = matrix.labels.map((name) => own.get(name) ?? rules.threshold);
  const overall = judge(heldOut, ({ isGiven }) => isGiven, unreachable);
  const now = judge(pairs, ({ label, score }) => score >= (inUse[label] ?? 1), unreachable).figures;
  return {
    labels: matrix.labels.map((label, number): LabelProposal => {
      const { method, positives: trueOnes, negatives } = calibration.labels[number] ?? nothingDecided;
      const judged = judge(perLabel[number] ?? [], ({ isGiven }) => isGiven, missedOf[number] ?? []);
      const threshold = thresholds.labels[number] ?? thresholds.set;
      return {
        label,
        threshold,
        method,
        positives: trueOnes,
        negatives,
        precision: judged.precision,
        recall: judged.recall,
      };
    }),
    set: {
      threshold: thresholds.set,
      heldOut: judge(heldOut, ({ isGivenBySet }) => isGivenBySet, unreachable).figures,
    },
    heldOut: { ...overall.figures, precisionEstimate: overall.precision, recallEstimate: overall.recall },
    now,
    isBetter: overall.figures.f1 >= now.f1 + leastGain,
    acceptAbove: acceptScores.flatMap((score) => acceptAbove(heldOut, score)),
  };
}

const nothingDecided = { method: 'set', positives: 0, negatives: 0 } as const;

function judge<T extends DecidedPair>(
  pairs: readonly T[],
  isGiven: (pair: T) => boolean,
  unreachable: readonly { readonly document: string }[],
) {
  const given = pairs.filter(isGiven);
  const right = given.filter(({ isTrue }) => isTrue).length;
  const meant = [...pairs.filter(({ isTrue }) => isTrue), ...unreachable];
  return {
    figures: ratios({ right, predicted: given.length, support: meant.length }),
    precision: estimate(right, given.length, documentsOf(given)),
    recall: estimate(right, meant.length, documentsOf(meant)),
  };
}

function acceptAbove(heldOut: readonly HeldOutPair[], score: number): AcceptAbove[] {
  const touched = heldOut.filter((pair) => pair.score >= score);
  const right = touched.filter(({ isTrue }) => isTrue).length;
  const precision = estimate(right, touched.length, documentsOf(touched));
  if (!precision) return [];
  const expected = touched.reduce((sum, { probability }) => sum + probability, 0) / touched.length;
  return [{ score, count: touched.length, expectedPrecision: expected, precision }];
}

function documentsOf(pairs: readonly { readonly document: string }[]): number {
  return new Set(pairs.map(({ document }) => document)).size;
}
