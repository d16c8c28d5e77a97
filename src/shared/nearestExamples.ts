// Which decided texts are nearest to a document, by the vectors of a model that keeps them: for models that read examples.
import type { Example } from '../core/labelSet';

/** Code points of a decided text that are read with others: its beginning says what it is about. */
export const exampleLength = 400;

/**
 * Positions of the examples with kept vectors, nearest to the document first (cosine of the nearest two chunks); equals in their
 * order. The document itself, if it is among them, is left out: its decisions stand anyway.
 * @param vectors Of the document, row-major [chunks, size].
 * @param hash sha256 (hex) of the document's text.
 */
export function nearestExamples(
  vectors: Float32Array,
  hash: string,
  size: number,
  examples: readonly Pick<Example, 'kept'>[],
): number[] {
  return examples
    .flatMap(({ kept }, position) =>
      kept && kept.hash !== hash ? [{ position, nearness: nearness(vectors, kept.vectors, size) }] : [],
    )
    .sort((a, b) => b.nearness - a.nearness || a.position - b.position)
    .map(({ position }) => position);
}

function nearness(left: Float32Array, right: Float32Array, size: number): number {
  let best = -1;
  for (let row = 0; row < left.length; row += size)
    for (let other = 0; other < right.length; other += size)
      best = Math.max(best, cosine(left.subarray(row, row + size), right.subarray(other, other + size)));
  return best;
}

function cosine(left: Float32Array, right: Float32Array): number {
  let [product, a, b] = [0, 0, 0];
  for (const [axis, value] of left.entries()) {
    const other = right[axis] ?? 0;
    product += value * other;
    a += value * value;
    b += other * other;
  }
  return a > 0 && b > 0 ? product / Math.sqrt(a * b) : 0;
}
