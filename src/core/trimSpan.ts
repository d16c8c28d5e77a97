// Takes white space off the ends of a span of a text.
import type { Span } from './tagResult';

/** The span without white space at its ends; empty, at its end, where it holds nothing else. */
export function trimSpan(text: string, { start, end }: Span): Span {
  const piece = text.slice(start, end);
  const left = start + (piece.length - piece.trimStart().length);
  return { start: left, end: Math.max(left, end - (piece.length - piece.trimEnd().length)) };
}
