// Puts the rows of documents together into passes while further documents are still being cut.
import { tokensOf } from '../pipeline/encodeRow';
import type { EncodedRow } from '../pipeline/encodeRow';
import { planBatches } from './batchPlan';
import type { BatchLimits } from './batchPlan';
import { PassBuffer } from './passBuffer';
import type { PassLimits } from './passBuffer';

/** Passes' worth of rows among which like lengths are looked for: more gain little, and all wait in memory. */
const passesAhead = 16;

interface Row {
  readonly row: EncodedRow;
}

/**
 * Passes of rows of like length, padded to the longest. Documents are cut by the heap, while the lanes work on passes of the
 * heap before; the first heap is no more than fills the lanes.
 */
export async function* packed<R extends Row>(
  documents: AsyncIterable<readonly R[]>,
  { maxTokens, width }: PassLimits,
): AsyncGenerator<readonly R[]> {
  const buffer = new PassBuffer<R>({ maxTokens, width });
  const source = documents[Symbol.asyncIterator]();
  let isOpen = true;
  for (let heap = width; ; heap = passesAhead) {
    while (isOpen && buffer.tokens < heap * maxTokens) {
      const next = await source.next();
      if (next.done === true) isOpen = false;
      else for (const each of next.value) buffer.add(each, tokensOf(each.row));
    }
    if (!isOpen) buffer.close();
    // Of an open heap the last rows wait for others of their length, and so that there is enough to share out at the end.
    const kept = maxTokens * (heap === width ? 1 : width);
    while (!buffer.isEmpty && (!isOpen || buffer.tokens >= kept)) yield buffer.take();
    if (!isOpen) return;
  }
}

/** Passes of rows of one length, or of one row: those that go alone as soon as they are cut. */
export async function* grouped<R extends Row>(
  documents: AsyncIterable<readonly R[]>,
  limits: BatchLimits,
): AsyncGenerator<readonly R[]> {
  const waiting: R[] = [];
  for await (const rows of documents)
    if (limits.sharing === 'alone') for (const row of rows) yield [row];
    else waiting.push(...rows);
  const lengths = waiting.map(({ row }) => tokensOf(row));
  for (const batch of planBatches(lengths, limits)) yield batch.flatMap((index) => waiting[index] ?? []);
}
