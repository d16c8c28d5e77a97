// Few-shot for bi-encoders, where upstream drops examples: a label's vector moves towards the texts that carry it, and away
// from those that do not. Measured in docs/FEWSHOT.md.

/** Strength of the zero-shot vector against the examples (τ below), chosen on data that is not reported on. */
export const priorStrength = 0.3;

/** The solver stops where a whole turn changes no example's part by more. */
const tolerance = 1e-4;
/** About ten turns are usual. */
const maxTurns = 100;
/** Newton's steps for one example; the start is near. */
const maxSteps = 20;

/**
 * A label's vector after examples: with the texts P that carry the label and the texts N that do not,
 *
 *   w = argmin_w  Σ over P of −log σ(w·x) + Σ over N of −log(1 − σ(w·x)) + τ s²/2 · ‖w − l‖²
 *
 * with l its zero-shot vector, σ(w·x) the score of a text, and s² the mean squared length of the texts' vectors: logistic
 * regression whose prior is the zero-shot classifier (maximum a posteriori; Chelba & Acero 2004; for zero-shot class vectors
 * Silva-Rodríguez et al. 2024, "CLAP", arXiv:2312.12730). Scores keep their meaning around .5; the plain mean of Snell et al.
 * 2017 ranks alike but lifts all scores, since texts are nearer to texts than to labels.
 *
 * Solved by dual coordinate descent (Yu, Huang & Lin 2011, "Dual coordinate descent methods for logistic regression and maximum
 * entropy models"): w = l + Σ β x / (τ s²), where at the optimum β = 1 − σ(w·x) on P and −σ(w·x) on N. The number of turns hardly
 * grows with the number of examples, and the order is fixed, so that the same examples give the same vector.
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
  const lengths = texts.map((vector) => dot(vector, vector));
  const pull = (priorStrength * lengths.reduce((sum, length) => sum + length, 0)) / texts.length;
  // Vectors of no length say nothing, and there is nothing to divide by.
  if (!(pull > 0)) return zeroShot;
  const parts = new Float64Array(texts.length);
  const moved = Float64Array.from(zeroShot);
  for (let turn = 0; turn < maxTurns; turn++) {
    let largest = 0;
    for (const [index, vector] of texts.entries()) {
      const target = index < positives.length ? 1 : 0;
      const old = parts[index] ?? 0;
      const part = bestPart(target, old, dot(moved, vector), (lengths[index] ?? 0) / pull);
      parts[index] = part;
      addScaled(moved, vector, (part - old) / pull);
      largest = Math.max(largest, Math.abs(part - old));
    }
    if (largest < tolerance) break;
  }
  return Float32Array.from(moved);
}

/**
 * The part β of one text while those of all others stay: logit(target − β) = z + (β − old) · steepness, by Newton's method on the
 * logit, whose left side is then linear.
 */
function bestPart(target: 0 | 1, old: number, logit: number, steepness: number): number {
  let z = logit;
  for (let step = 0; step < maxSteps; step++) {
    const score = sigmoid(z);
    const excess = z - logit - (target - score - old) * steepness;
    const change = excess / (1 + score * (1 - score) * steepness);
    z -= change;
    if (Math.abs(change) < 1e-9) break;
  }
  return target - sigmoid(z);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function dot(left: Float64Array | Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let axis = 0; axis < right.length; axis++) sum += (left[axis] ?? 0) * (right[axis] ?? 0);
  return sum;
}

function addScaled(target: Float64Array, vector: Float32Array, factor: number): void {
  for (let axis = 0; axis < vector.length; axis++) target[axis] = (target[axis] ?? 0) + factor * (vector[axis] ?? 0);
}
