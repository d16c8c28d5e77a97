// Does long work of core without holding the event loop.
import type { Slices } from '../../core/slices';
import { Breather } from './breather';

export async function inSlices<T>(work: Slices<T>): Promise<T> {
  const breather = new Breather();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (breather.due) await breather.pause();
  }
}
