// Puts the rows of documents together into passes while further documents are still being cut.
import { tokensOf } from '../pipeline/encodeRow';
import type { EncodedRow } from '../pipeline/encodeRow';
import { planBatches } from './batchPlan';
import type { BatchLimits } from './batchPlan';

/** Passes' worth of rows, besides one a lane, among which like lengths are looked for: more gain little, and all wait in memory. */
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
  limits: BatchLimits,
): AsyncGenerator<readonly R[]> {
  const source = documents[Symbol.asyncIterator]();
  let isOpen = true;
  let waiting: R[] = [];
  for (let heap = limits.width; isOpen; heap = limits.width + passesAhead) {
    let tokens = tokensIn(waiting);
    while (isOpen && tokens < heap * limits.maxTokens) {
      const next = await source.next();
      if (next.done === true) isOpen = false;
      else {
        waiting.push(...next.value);
        tokens += tokensIn(next.value);
      }
    }
    const passes = passesOf(waiting, limits);
    // The longest rows of an open heap wait for others of their length, and so that there is enough to share out at the end.
    const kept = isOpen && heap > limits.width ? Math.min(limits.width, passes.length - 1) : 0;
    waiting = passes.splice(0, kept).flat();
    yield* passes;
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
  yield* passesOf(waiting, limits);
}

function passesOf<R extends Row>(rows: readonly R[], limits: BatchLimits): R[][] {
  const lengths = rows.map(({ row }) => tokensOf(row));
  return planBatches(lengths, limits).map((batch) => batch.flatMap((index) => rows[index] ?? []));
}

function tokensIn(rows: readonly Row[]): number {
  return rows.reduce((sum, { row }) => sum + tokensOf(row), 0);
}
