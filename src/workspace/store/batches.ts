// Goes through what a table holds without holding the event loop.
import { Breather } from '../flow/breather';

/** All rows in small batches between which the event loop runs. `page`: those behind the id `after`, by id; none where there are no more. */
export async function* batches<T extends { readonly id: number }>(
  page: (after: number) => T[],
): AsyncGenerator<T[], void, undefined> {
  const breather = new Breather();
  for (let last = 0; ;) {
    const batch = page(last);
    if (batch.length === 0) return;
    last = batch.at(-1)?.id ?? last;
    yield batch;
    if (breather.due) await breather.pause();
  }
}
