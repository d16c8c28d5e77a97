// Work on several things at once, of which nothing goes on once one has failed.
import type { CancelSignal } from '../shared/classifier';

/**
 * Resolves when all are done. Where one fails, the others are told to end, which is waited for, and then that first failure is thrown. `signal`
 * ends all of them.
 */
export async function together<T>(
  signal: CancelSignal | undefined,
  items: readonly T[],
  work: (item: T, at: number, signal: CancelSignal) => Promise<void>,
): Promise<void> {
  const abort = new AbortController();
  const end = () => {
    abort.abort();
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  const working = items.map((item, at) => work(item, at, abort.signal));
  try {
    await Promise.all(working);
  } catch (error) {
    end();
    await Promise.allSettled(working);
    throw error;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
