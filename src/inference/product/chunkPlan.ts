// Cuts a document into chunks that the model can read whole: exact in tokens, without losing a character of text.
import { advance } from '../../core/codePoints';
import { packSegments } from '../../core/chunkPacker';
import type { Span } from '../../core/tagResult';
import { textSegments } from '../../core/textSegments';
import { trimSpan } from '../../core/trimSpan';

export interface ChunkLimits {
  /** Most tokens that a chunk's text may take, without special tokens. */
  readonly maxTokens: number;
  /** Tokens of a piece of text, without special tokens. */
  count(text: string): number;
  /** Whether the whole input with this text is within the model's limit. Tokens of parts need not add up to it. */
  fits(text: string): boolean;
}

/** A text with more UTF-16 units per allowed token than this is not tried as one chunk: it would not fit. */
const unitsPerToken = 24;

/**
 * Spans of the chunks in order, trimmed of white space at both ends; nothing but white space lies between them. A text that
 * fits is one chunk. Empty for a text without anything to read.
 * @param breaks UTF-16 offsets at which a chunk should rather begin.
 */
export function planChunks(text: string, breaks: readonly number[], limits: ChunkLimits): Span[] {
  const whole = trimSpan(text, { start: 0, end: text.length });
  if (whole.start === whole.end) return [];
  if (text.length <= limits.maxTokens * unitsPerToken && fits(text, whole, limits)) return [whole];
  const segments = textSegments(text, breaks);
  const counts = segments.map(({ start, end }) => limits.count(text.slice(start, end)));
  const pack = (first: number, end: number, maxTokens: number): Span[] =>
    packSegments(segments.slice(first, end), (index) => counts[first + index] ?? 0, maxTokens).flatMap((chunk) => {
      const span = trimSpan(text, chunk);
      if (span.start === span.end) return [];
      if (fits(text, span, limits)) return [span];
      const [from, to] = [first + chunk.firstSegment, first + chunk.endSegment];
      // One segment is halved; several are packed again, tighter by what they were over.
      if (to - from === 1) return halves(text, span, limits);
      return pack(from, to, tighter(text, span, chunk.tokens, limits));
    });
  return pack(0, segments.length, limits.maxTokens);
}

function fits(text: string, span: Span, limits: ChunkLimits): boolean {
  const piece = text.slice(span.start, span.end);
  return limits.count(piece) <= limits.maxTokens && limits.fits(piece);
}

/** Below the tokens of the chunk in question, so that packing again makes progress. */
function tighter(text: string, span: Span, tokens: number, limits: ChunkLimits): number {
  const over = limits.count(text.slice(span.start, span.end)) - limits.maxTokens;
  return Math.max(1, Math.min(tokens - 1, limits.maxTokens - Math.max(over, 1)));
}

/** Cuts in the middle, between code points, until every part fits or is a single code point. */
function halves(text: string, span: Span, limits: ChunkLimits): Span[] {
  if (fits(text, span, limits) || span.end - advance(text, span.start, 1) <= 0) return [span];
  let middle = span.start;
  // Code points are counted from the start, so no surrogate pair is parted.
  while (middle - span.start < (span.end - span.start) / 2) middle = advance(text, middle, 1);
  if (middle >= span.end) middle = advance(text, span.start, 1);
  return [
    { start: span.start, end: middle },
    { start: middle, end: span.end },
  ].flatMap((half) => {
    const part = trimSpan(text, half);
    return part.start === part.end ? [] : halves(text, part, limits);
  });
}
