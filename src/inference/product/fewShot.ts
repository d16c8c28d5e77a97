// Few-shot for bi-encoders, where upstream drops examples: label vectors move towards the texts that carry the label.

export interface ExampleVector {
  /** Labels in the task's words. */
  readonly labels: readonly string[];
  /** Text vector of the example, in the space of the documents. */
  readonly vector: Float32Array;
}

/** Placeholder strength until measured. */
export const priorExamples = 4;

/**
 * Label vectors after examples. TODO
 */
export function moveTowardsExamples(
  labels: readonly string[],
  zeroShot: readonly Float32Array[],
  examples: readonly ExampleVector[],
): readonly Float32Array[] {
  if (examples.length === 0) return zeroShot;
  return labels.map((_, index) => zeroShot[index] ?? new Float32Array());
}
