// Finds where sentences begin, with Intl.Segmenter, in time that grows with the length of the text alone.
import { lazy } from './lazy';
import { splitsPair } from './codePoints';

const segmenter = lazy(() => new Intl.Segmenter('und', { granularity: 'sentence' }));

/** Something like a sentence end with more after it; without one the segmenter need not be asked. */
const sentenceEnd = /[.!?…]["'’”)\]]*\s+\S|[。！？．।۔]\s*\S/u;

/**
 * The segmenter looks ahead without limit in some texts (long runs of digits and full stops), so it is given this much at a
 * time; a sentence that is longer has no border inside.
 */
const windowLength = 2000;

/** Offsets in (start, end) at which a sentence begins, ascending. Line ends inside count as spaces. */
export function sentenceStarts(text: string, start: number, end: number): number[] {
  const starts: number[] = [];
  for (let from = start; from < end;) {
    let to = Math.min(end, from + windowLength);
    if (splitsPair(text, to)) to--;
    const window = text.slice(from, to);
    let last = from;
    if (sentenceEnd.test(window)) {
      for (const { index } of segmenter().segment(window.replace(/[\r\n\v\f\u0085\u2028\u2029]/g, ' '))) {
        if (index === 0) continue;
        last = from + index;
        starts.push(last);
      }
    }
    // The last sentence of a window may go on behind it: the next window begins with it. Without any, with the rest.
    if (to < end && last > from) from = last;
    else from = to;
  }
  return starts;
}
