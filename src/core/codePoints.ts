// Lengths and cuts in code points, as Python counts, on JavaScript's UTF-16 strings.
import type { Span } from './tagResult';

/** Whether a cut at `offset` would part the two halves of a surrogate pair. */
export function splitsPair(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return false;
  return isHighSurrogate(text.charCodeAt(offset - 1)) && isLowSurrogate(text.charCodeAt(offset));
}

/** The offset after `count` code points from `start` (a lone surrogate counts as one), at most the text's length. */
export function advance(text: string, start: number, count: number): number {
  let offset = start;
  for (let done = 0; done < count && offset < text.length; done++) offset += splitsPair(text, offset + 1) ? 2 : 1;
  return offset;
}

/**
 * Upstream's `chunk_text`: chunks of `size` code points, each beginning `overlap` code points before the end of the one before;
 * the last one reaches the end of the text. Text that fits is one chunk, also the empty text. Returns UTF-16 spans.
 * Throws RangeError unless size is a whole number ≥ 1 and overlap one from 0 to size - 1 (upstream never ends there).
 */
export function codePointChunks(text: string, size: number, overlap: number): Span[] {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`The chunk size must be a whole number of at least 1, not ${size}.`);
  if (!Number.isInteger(overlap) || overlap < 0 || overlap >= size) {
    throw new RangeError(
      `The chunk overlap must be a whole number from 0 to ${size - 1} (size less 1), not ${overlap}.`,
    );
  }
  const step = size - overlap;
  const spans: Span[] = [];
  let start = 0;
  let end = advance(text, 0, size);
  for (;;) {
    spans.push({ start, end });
    if (end >= text.length) return spans;
    start = advance(text, start, step);
    end = advance(text, end, step);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
