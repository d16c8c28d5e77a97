// Keeps the lanes busy with passes, and stops between passes when the call is cancelled.
import { cancelled } from '../process/waiters';

/**
 * Runs all passes, `width` at a time, in the order given. Passes under way are finished before this returns or throws.
 * @throws AppError cancelled; the first error of a pass.
 */
export async function runPasses<T>(
  passes: AsyncIterable<T> | Iterable<T>,
  width: number,
  isCancelled: () => boolean,
  run: (pass: T) => Promise<void>,
): Promise<void> {
  const source = iteratorOf(passes);
  let stopped = false;
  const work = async (): Promise<void> => {
    while (!stopped) {
      if (isCancelled()) throw cancelled();
      const next = await source.next();
      if (next.done === true) return;
      await run(next.value);
    }
  };
  const workers = Array.from({ length: width }, () =>
    work().catch((error: unknown) => {
      stopped = true;
      throw error;
    }),
  );
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  if (isCancelled()) throw cancelled();
}

function iteratorOf<T>(values: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]();
}
