// Lines of offsets in a text.
import { lazy } from './lazy';

/** Tells the 1-based line of an offset; line ends are found once, at the first of any number of questions. */
export function lineCounter(text: string): (offset: number) => number {
  const allEnds = lazy(() => Array.from(text.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length));
  return (offset) => {
    const ends = allEnds();
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
