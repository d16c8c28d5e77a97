// Few-shot for bi-encoders, where upstream drops examples: a label's vector moves towards the texts that carry it, and away
// from those that do not. Measured in docs/FEWSHOT.md.

// Both were chosen on data that is not reported on.

/** Strength of the zero-shot vector against the examples: τ below. */
export const priorStrength = 0.1;

/** Weight of a text that does not carry the label: there are many such texts, and most teach little. */
export const negativeWeight = 0.5;

/** The solver stops where a turn over all texts changes no part by more. */
const tolerance = 1e-3;
const maxTurns = 300;
/** Newton's steps for one example; the start is near. */
const maxSteps = 20;

/**
 * A label's vector after examples: with the texts P that carry the label and the texts N that do not,
 *
 *   w = argmin_w  Σ over P of −log σ(w·x) + ½ Σ over N of −log(1 − σ(w·x)) + τ s²/2 · ‖w − l‖²
 *
 * with l its zero-shot vector, σ(w·x) the score of a text, and s² the mean squared length of the texts' vectors: logistic
 * regression whose prior is the zero-shot classifier (maximum a posteriori; Chelba & Acero 2004; for zero-shot class vectors
 * Silva-Rodríguez et al. 2024, "CLAP", arXiv:2312.12730). Scores keep their meaning around .5; the plain mean of Snell et al.
 * 2017 ranks alike but lifts all scores, since texts are nearer to texts than to labels.
 *
 * Solved by dual coordinate descent (Yu, Huang & Lin 2011, "Dual coordinate descent methods for logistic regression and maximum
 * entropy models"): w = l + Σ β x / (τ s²), where at the optimum β = 1 − σ(w·x) on P and −½ σ(w·x) on N. The order is
 * fixed, so that the same examples give the same vector.
 *
 * @param positives Texts that carry the label, [examples][dimensions].
 * @param negatives Texts that do not.
 */
export function moveLabel(
  zeroShot: Float32Array,
  positives: readonly Float32Array[],
  negatives: readonly Float32Array[],
): Float32Array {
  const texts = [...positives, ...negatives];
  const lengths = texts.map((vector) => dot(Float64Array.from(vector), vector));
  const pull = pullOf(lengths);
  // Vectors of no length say nothing, and there is nothing to divide by.
  if (!(pull > 0)) return zeroShot;
  const moved = Float64Array.from(zeroShot);
  const textAt = (index: number): Float32Array => texts[index] ?? zeroShot;
  descend(
    new Float64Array(texts.length),
    texts.map((_, index) => index),
    {
      carriedBy: positives.length,
      steepness: (index) => (lengths[index] ?? 0) / pull,
      logit: (index) => dot(moved, textAt(index)),
      add: (index, change) => {
        addScaled(moved, textAt(index), change / pull);
      },
    },
    tolerance,
  );
  return Float32Array.from(moved);
}

/** τ s², of texts with these squared lengths. */
export function pullOf(lengths: readonly number[]): number {
  return (priorStrength * lengths.reduce((sum, length) => sum + length, 0)) / lengths.length;
}

/** How a solver of the formula holds its texts. */
export interface Descent {
  /** So many texts at the beginning carry the label. */
  readonly carriedBy: number;
  /** How much a text's logit grows with its own part. */
  readonly steepness: (index: number) => number;
  /** w·x as it is now. */
  readonly logit: (index: number) => number;
  /** The part of a text changed by this much. */
  readonly add: (index: number, change: number) => void;
}

/**
 * Brings the parts β to the optimum, from where they are.
 * @param parts Changed in place.
 * @param all Positions of the texts that count.
 */
export function descend(
  parts: Float64Array,
  all: readonly number[],
  { carriedBy, steepness, logit, add }: Descent,
  precision: number,
): void {
  let turn = all;
  for (let left = maxTurns; turn.length > 0 && left > 0; left--) {
    // Most parts soon stay as they are: the next turn is for those that did not, and the last one for all.
    const changed = turn.filter((index) => {
      const old = parts[index] ?? 0;
      const part = bestPart(index < carriedBy ? carried : notCarried, old, logit(index), steepness(index));
      parts[index] = part;
      add(index, part - old);
      return Math.abs(part - old) > precision;
    });
    turn = changed.length === 0 && turn !== all ? all : changed;
  }
}

/** What a text's score should be, and how much that counts. */
interface Kind {
  readonly target: number;
  readonly weight: number;
}

const carried: Kind = { target: 1, weight: 1 };
const notCarried: Kind = { target: 0, weight: negativeWeight };

/**
 * The part β of one text while those of all others stay: β = weight · (target − σ(z)) with z = logit + (β − old) · steepness, by
 * Newton's method on z.
 */
function bestPart({ target, weight }: Kind, old: number, logit: number, steepness: number): number {
  let z = logit;
  for (let step = 0; step < maxSteps; step++) {
    const score = sigmoid(z);
    const excess = z - logit - (weight * (target - score) - old) * steepness;
    const change = excess / (1 + weight * score * (1 - score) * steepness);
    z -= change;
    if (Math.abs(change) < 1e-9) break;
  }
  return weight * (target - sigmoid(z));
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function dot(left: Float64Array, right: Float32Array): number {
  let sum = 0;
  for (let axis = 0; axis < right.length; axis++) sum += (left[axis] ?? 0) * (right[axis] ?? 0);
  return sum;
}

export function addScaled(target: Float64Array, vector: Float32Array, factor: number): void {
  for (let axis = 0; axis < vector.length; axis++) target[axis] = (target[axis] ?? 0) + factor * (vector[axis] ?? 0);
}
