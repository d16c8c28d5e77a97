// The vectors of a document, chunk by chunk: `rescore` gives of each document its best chunk only.
import type { DocumentVectors } from './classifier';

/** Each chunk as a document of its own. Views, not copies. */
export function chunkVectors({ values, spans }: DocumentVectors): DocumentVectors[] {
  const count = spans.length / 2;
  const size = values.length / count;
  return Array.from({ length: count }, (_, at) => ({
    values: values.subarray(at * size, (at + 1) * size),
    spans: spans.subarray(2 * at, 2 * at + 2),
  }));
}
