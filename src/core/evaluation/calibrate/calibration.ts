// From a label's score to the probability that the label is true: one curve a label, few decisions near that of the whole set.
import { atOnce } from '../../slices';
import type { Slices } from '../../slices';
import { partsOf } from './decidedPairs';
import type { DecidedPair } from './decidedPairs';
import { fitIsotonic, isotonicScore, isotonicValue } from './isotonic';
import type { IsotonicCurve } from './isotonic';
import { fitPlatt, logit, plattScore, plattValue, smoothedTargets } from './platt';
import type { PlattCurve, PlattFit } from './platt';

export interface LabelCalibration {
  readonly positives: number;
  readonly negatives: number;
  /** `set`: nothing was decided on the label. `shrunk`: Platt scaling, held near the set's. `isotonic`: enough for a free curve. */
  readonly method: 'set' | 'shrunk' | 'isotonic';
  readonly platt: PlattCurve;
  /** With `isotonic` only. */
  readonly isotonic: IsotonicCurve | null;
}

export interface Calibration {
  readonly set: PlattCurve;
  /** [labels] */
  readonly labels: readonly LabelCalibration[];
}

/** Positives, and negatives, from which a label gets an isotonic curve (docs/CALIBRATION.md: below, it was never better). */
export const enoughForIsotonic = 500;
const mostRounds = 12;
/** A curve that falls would give labels for low scores. */
const leastSlope = 0.05;

/**
 * The set's curve is Platt's over all pairs. A label's parameters are taken to be normally distributed around the set's; the two
 * variances are those under which the decisions are most probable, found by expectation maximisation with Laplace's approximation
 * of each label's posterior (empirical Bayes). So a label with few decisions has the set's curve, and one with many its own.
 * `labelCount`: labels of the set, with decisions or without.
 */
export function calibrate(
  pairs: readonly DecidedPair[],
  labelCount: number,
  isotonicFrom = enoughForIsotonic,
): Calibration {
  return atOnce(calibrating(pairs, labelCount, isotonicFrom));
}

/** As `calibrate`, label by label. */
export function* calibrating(
  pairs: readonly DecidedPair[],
  labelCount: number,
  isotonicFrom = enoughForIsotonic,
): Slices<Calibration> {
  const relevant = pairs.map(({ isTrue }) => Number(isTrue));
  // Around the middle of the scores, slope and intercept hardly depend on each other: each can have a prior of its own.
  const middle = pairs.reduce((sum, { score }) => sum + logit(score), 0) / Math.max(1, pairs.length);
  const set = rising(fitPlatt(centred(pairs, middle), smoothedTargets(relevant)));
  const perLabel = partsOf(pairs, ({ label }) => label, labelCount);
  const fits = yield* shrunkFits(perLabel, set, middle);
  return {
    set: uncentred(set, middle),
    labels: perLabel.map((own, label): LabelCalibration => {
      const positives = own.filter(({ isTrue }) => isTrue).length;
      const negatives = own.length - positives;
      const platt = uncentred(rising(fits[label] ?? set), middle);
      const isFree = Math.min(positives, negatives) >= isotonicFrom;
      const isotonic = isFree
        ? fitIsotonic(
            own.map(({ score }) => score),
            own.map(({ isTrue }) => Number(isTrue)),
          )
        : null;
      const method = own.length === 0 ? 'set' : isotonic ? 'isotonic' : 'shrunk';
      return { positives, negatives, method, platt, isotonic };
    }),
  };
}

/** Probability that the label is true at this score. */
export function probabilityOf({ set, labels }: Calibration, label: number, score: number): number {
  const own = labels[label];
  return own?.isotonic ? isotonicValue(own.isotonic, score) : plattValue(own?.platt ?? set, score);
}

/** The lowest score at which the label is as probable as that; null where it never is. */
export function scoreAt({ set, labels }: Calibration, label: number, probability: number): number | null {
  const own = labels[label];
  return own?.isotonic ? isotonicScore(own.isotonic, probability) : plattScore(own?.platt ?? set, probability);
}

function* shrunkFits(
  perLabel: readonly (readonly DecidedPair[])[],
  set: PlattCurve,
  middle: number,
): Slices<PlattFit[]> {
  const inputs = perLabel.map((own) => centred(own, middle));
  const targets = perLabel.map((own) => Float64Array.from(own, ({ isTrue }) => Number(isTrue)));
  const decided = perLabel.filter((own) => own.length > 0).length;
  let spread = { slope: 1, intercept: 1 };
  let fits: PlattFit[] = [];
  for (let round = 0; round < mostRounds; round++) {
    const prior = { mean: set, precision: { slope: 1 / spread.slope, intercept: 1 / spread.intercept } };
    const last: readonly PlattFit[] = fits;
    fits = [];
    for (const [label, logits] of inputs.entries()) {
      fits.push(fitPlatt(logits, targets[label] ?? [], prior, last[label]));
      yield;
    }
    const before = spread;
    const expected = (key: keyof PlattCurve): number =>
      fits.reduce((sum, fit, label) => {
        const counts = (inputs[label]?.length ?? 0) > 0;
        return counts ? sum + (fit[key] - set[key]) ** 2 + fit.variance[key] : sum;
      }, 0) / Math.max(1, decided);
    // Never nothing at all: a prior of no width could not be left again.
    spread = { slope: Math.max(1e-4, expected('slope')), intercept: Math.max(1e-4, expected('intercept')) };
    if (Math.abs(spread.slope / before.slope - 1) + Math.abs(spread.intercept / before.intercept - 1) < 0.02) break;
  }
  return fits;
}

function centred(pairs: readonly DecidedPair[], middle: number): Float64Array {
  return Float64Array.from(pairs, ({ score }) => logit(score) - middle);
}

function uncentred({ slope, intercept }: PlattCurve, middle: number): PlattCurve {
  return { slope, intercept: intercept - slope * middle };
}

function rising({ slope, intercept }: PlattCurve): PlattCurve {
  return { slope: Math.max(leastSlope, slope), intercept };
}
