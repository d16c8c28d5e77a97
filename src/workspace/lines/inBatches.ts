// A stream in batches for the classifier: small ones first, so that first results come soon.
import { BatchSize } from '../run/batchSize';

/** @param characters Of an entry: what it costs to read. */
export async function* inBatches<Entry>(
  entries: AsyncIterable<Entry>,
  characters: (entry: Entry) => number,
): AsyncGenerator<Entry[], void, undefined> {
  const size = new BatchSize();
  let batch: Entry[] = [];
  let length = 0;
  for await (const entry of entries) {
    batch.push(entry);
    length += characters(entry);
    if (!size.isFull(batch.length, length)) continue;
    yield batch;
    [batch, length] = [[], 0];
    size.grow();
  }
  if (batch.length > 0) yield batch;
}
