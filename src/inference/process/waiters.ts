// Promises that wait for one event, each of which may be given up by its own signal.
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** Settles with the promise, or earlier with `cancelled`; `onAbort` runs only in the latter case. */
export async function orAbort<T>(
  promise: Promise<T>,
  signal: CancelSignal | undefined,
  onAbort: () => void,
): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const aborted = (): void => {
      reject(cancelled());
      onAbort();
    };
    if (signal.aborted) {
      aborted();
      promise.catch(() => undefined);
      return;
    }
    signal.addEventListener('abort', aborted, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', aborted);
    });
  });
}

export class Waiters<T> {
  private waiting: { resolve: (value: T) => void; reject: (error: AppError) => void }[] = [];

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  async wait(signal?: CancelSignal): Promise<T> {
    let entry: (typeof this.waiting)[number] | undefined;
    const promise = new Promise<T>((resolve, reject) => {
      entry = { resolve, reject };
      this.waiting.push(entry);
    });
    return orAbort(promise, signal, () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    });
  }

  resolve(value: T): void {
    for (const { resolve } of this.waiting.splice(0)) resolve(value);
  }

  reject(error: AppError): void {
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}
