// Platt scaling: a logistic curve from a score to the share that is true, also one that is held near another.

/** P(true) = 1 / (1 + exp(-(slope x logit(score) + intercept))). Slope 1 with intercept 0 leaves scores as they are. */
export interface PlattCurve {
  readonly slope: number;
  readonly intercept: number;
}

/** Normal prior of both parameters, independent of each other; precision is 1 / variance, 0 for none. */
export interface PlattPrior {
  readonly mean: PlattCurve;
  readonly precision: PlattCurve;
}

/** A fitted curve with the variances of its parameters (Laplace's approximation). */
export interface PlattFit extends PlattCurve {
  readonly variance: PlattCurve;
}

/** Scores of 0 and 1 have no logit. */
const edge = 1e-6;
const noPrior: PlattPrior = { mean: { slope: 1, intercept: 0 }, precision: { slope: 0, intercept: 0 } };
/** Where all true pairs score higher than all others, the likelihood alone has no maximum. */
const ridge = 1e-9;
const mostSteps = 60;

export function logit(score: number): number {
  const inside = Math.min(1 - edge, Math.max(edge, score));
  return Math.log(inside / (1 - inside));
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

export function plattValue({ slope, intercept }: PlattCurve, score: number): number {
  return sigmoid(slope * logit(score) + intercept);
}

/** The score at which the curve reaches a probability; null where it does not rise. */
export function plattScore({ slope, intercept }: PlattCurve, probability: number): number | null {
  return slope > 0 ? sigmoid((logit(probability) - intercept) / slope) : null;
}

/**
 * Platt's targets: (n+ + 1) / (n+ + 2) for true pairs and 1 / (n- + 2) for others instead of 1 and 0, so that few pairs never make
 * a certainty (Platt 1999). [pairs]
 */
export function smoothedTargets(relevant: ArrayLike<number>): Float64Array {
  const all = Array.from(relevant);
  const positives = all.filter(Boolean).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (all.length - positives + 2);
  return Float64Array.from(all, (one) => (one ? high : low));
}

/**
 * Most probable curve for `targets` (0 to 1, [pairs]) at `logits` ([pairs]), by Newton's method with halved steps, as Lin, Lin and
 * Weng (2007). Without pairs it is the prior's mean. `start`: where the search begins; it ends at the same place from anywhere.
 */
export function fitPlatt(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  prior: PlattPrior = noPrior,
  start: PlattCurve = prior.mean,
): PlattFit {
  const { mean } = prior;
  const precision = { slope: prior.precision.slope + ridge, intercept: prior.precision.intercept + ridge };
  let current: PlattCurve = { slope: start.slope, intercept: start.intercept };
  let loss = lossOf(logits, targets, current, mean, precision);
  let slopeCurvature = precision.slope;
  let interceptCurvature = precision.intercept;
  let mixedCurvature = 0;
  for (let step = 0; step < mostSteps; step++) {
    let slopeGradient = precision.slope * (current.slope - mean.slope);
    let interceptGradient = precision.intercept * (current.intercept - mean.intercept);
    slopeCurvature = precision.slope;
    interceptCurvature = precision.intercept;
    mixedCurvature = 0;
    for (let at = 0; at < logits.length; at++) {
      const x = logits[at] ?? 0;
      const p = sigmoid(current.slope * x + current.intercept);
      const error = p - (targets[at] ?? 0);
      const weight = p * (1 - p);
      slopeGradient += error * x;
      interceptGradient += error;
      slopeCurvature += weight * x * x;
      interceptCurvature += weight;
      mixedCurvature += weight * x;
    }
    const determinant = slopeCurvature * interceptCurvature - mixedCurvature ** 2;
    const slopeStep = (interceptCurvature * slopeGradient - mixedCurvature * interceptGradient) / determinant;
    const interceptStep = (slopeCurvature * interceptGradient - mixedCurvature * slopeGradient) / determinant;
    if (!(Math.abs(slopeStep) + Math.abs(interceptStep) > 1e-6)) break;
    const before = loss;
    for (let part = 1; part > 1e-4; part /= 2) {
      const next = { slope: current.slope - part * slopeStep, intercept: current.intercept - part * interceptStep };
      const nextLoss = lossOf(logits, targets, next, mean, precision);
      if (!(nextLoss < loss)) continue;
      current = next;
      loss = nextLoss;
      break;
    }
    if (!(loss < before)) break;
  }
  const determinant = Math.max(Number.MIN_VALUE, slopeCurvature * interceptCurvature - mixedCurvature ** 2);
  return { ...current, variance: { slope: interceptCurvature / determinant, intercept: slopeCurvature / determinant } };
}

/** Negative log posterior. */
function lossOf(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  { slope, intercept }: PlattCurve,
  mean: PlattCurve,
  precision: PlattCurve,
): number {
  let sum = (precision.slope * (slope - mean.slope) ** 2 + precision.intercept * (intercept - mean.intercept) ** 2) / 2;
  for (let at = 0; at < logits.length; at++) {
    const value = slope * (logits[at] ?? 0) + intercept;
    // log(1 + exp(value)) that overflows nowhere.
    sum += Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))) - (targets[at] ?? 0) * value;
  }
  return sum;
}
