// Scores of a single-label set from a server that, asked for such, tells the best label alone.
import { softmax } from '../inference/pipeline/postprocess';

/** Half a rounding step of float32 below 1, and the smallest float32: a score at an end stands for a logit of +17.3 or -87. */
const nearest = { one: 2 ** -25, zero: 2 ** -126 };

/**
 * The softmax over the logits that these multi-label scores (sigmoid) came from. Exact to about 1e-4 while logits stay below 8; a server
 * that computes with two bytes (bfloat16, its default) gives coarse scores near 1, and so coarse ones here.
 */
export function softmaxOfSigmoids(scores: readonly number[]): number[] {
  return softmax(scores.map((score) => Math.log(Math.max(score, nearest.zero) / Math.max(1 - score, nearest.one))));
}
