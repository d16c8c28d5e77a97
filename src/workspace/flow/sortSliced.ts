// Sorts long lists without holding the event loop: one folder may have 100,000 entries.
import { Breather } from './breather';

/** Entries sorted at once; takes a few milliseconds. */
const sliceLength = 8_192;

/** A sorted copy; `before` says whether the first comes strictly before the second. Stable. */
export async function sortSliced<T>(items: readonly T[], before: (a: T, b: T) => boolean): Promise<T[]> {
  const breather = new Breather();
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += sliceLength) {
    runs.push(items.slice(start, start + sliceLength).sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : 0)));
    if (breather.due) await breather.pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2)
      merged.push(await merge(runs[index] ?? [], runs[index + 1] ?? [], before, breather));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(
  left: readonly T[],
  right: readonly T[],
  before: (a: T, b: T) => boolean,
  breather: Breather,
): Promise<T[]> {
  const merged: T[] = [];
  let a = 0;
  let b = 0;
  while (a < left.length || b < right.length) {
    const takeRight = a === left.length || (b < right.length && before(right[b] as T, left[a] as T));
    merged.push((takeRight ? right[b++] : left[a++]) as T);
    if ((merged.length & 1023) === 0 && breather.due) await breather.pause();
  }
  return merged;
}
