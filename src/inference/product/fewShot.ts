// Few-shot for bi-encoders, where upstream drops examples: label vectors move towards the texts that carry the label, and away
// from those that do not. Measured in docs/FEWSHOT.md.
import { setImmediate } from 'node:timers/promises';

export interface ExampleVector {
  /** Labels in the task's words. */
  readonly labels: readonly string[];
  /** Text vector of the example, scaled as those of documents. */
  readonly vector: Float32Array;
}

/** Strength of the zero-shot vector against the examples (λ below). */
const priorStrength = 0.01;

/** So many examples of a label count in full; fewer are weighted down, since one text may be an odd one. */
const fullExamples = 4;

const iterations = 30;

/**
 * Label vectors after examples. For label k with n > 0 examples P and the examples of other labels N:
 *
 *   w_k = argmin_w  c · [ mean over P of −log σ(w·x) + mean over N of −log(1 − σ(w·x)) ] + λ s²/2 · ‖w − l_k‖²
 *
 * with l_k its zero-shot vector, s² the mean squared length of the texts' vectors and c = min(1, n / 4): logistic regression
 * whose prior is the zero-shot classifier (maximum a posteriori; Chelba & Acero 2004; for zero-shot class vectors
 * Silva-Rodríguez et al. 2024, "CLAP", arXiv:2312.12730). A label without examples keeps its vector, and scores keep their
 * meaning around .5; the plain mean of Snell et al. 2017 ranks alike but lifts all scores, since texts are nearer to texts
 * than to labels. Solved by Nesterov's method for strongly convex functions; gives the event loop a turn after each label.
 */
export async function moveTowardsExamples(
  labels: readonly string[],
  zeroShot: readonly Float32Array[],
  examples: readonly ExampleVector[],
): Promise<readonly Float32Array[]> {
  const moved: Float32Array[] = [];
  for (const [index, vector] of zeroShot.entries()) {
    const label = labels[index];
    const carries = (example: ExampleVector): boolean => label !== undefined && example.labels.includes(label);
    const positives = examples.filter(carries).map((example) => example.vector);
    const negatives = examples.filter((example) => !carries(example)).map((example) => example.vector);
    if (positives.length > 0) await setImmediate();
    moved.push(positives.length > 0 ? fit(vector, positives, negatives) : vector);
  }
  return moved;
}

function fit(
  prior: Float32Array,
  positives: readonly Float32Array[],
  negatives: readonly Float32Array[],
): Float32Array {
  const weight = Math.min(1, positives.length / fullExamples);
  const all = [...positives, ...negatives];
  const scale = all.reduce((sum, vector) => sum + dot(vector, vector), 0) / all.length;
  const pull = priorStrength * scale;
  // The logistic loss curves by at most a quarter of the squared length of its vector.
  const steepest = pull + (scale * weight * (negatives.length > 0 ? 2 : 1)) / 4;
  const ratio = Math.sqrt(pull / steepest);
  const momentum = (1 - ratio) / (1 + ratio);
  let current = Float64Array.from(prior);
  let ahead = current;
  for (let step = 0; step < iterations; step++) {
    const gradient = Float64Array.from(ahead, (value, axis) => pull * (value - (prior[axis] ?? 0)));
    for (const vector of positives)
      addScaled(gradient, vector, ((sigmoid(dot(ahead, vector)) - 1) * weight) / positives.length);
    for (const vector of negatives)
      addScaled(gradient, vector, (sigmoid(dot(ahead, vector)) * weight) / negatives.length);
    const next = ahead.map((value, axis) => value - (gradient[axis] ?? 0) / steepest);
    ahead = next.map((value, axis) => value + momentum * (value - (current[axis] ?? 0)));
    current = next;
  }
  return Float32Array.from(current);
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
