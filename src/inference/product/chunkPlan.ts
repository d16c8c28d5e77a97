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
  /** Awaited now and then in a long text, so that others get their turn; what it throws ends the planning. */
  pause(): Promise<void>;
}

/** A text with more UTF-16 units per allowed token than this is not tried as one chunk: it would not fit. */
const unitsPerToken = 24;

/** So many UTF-16 units are tokenised between two pauses: some tens of milliseconds. */
const unitsAtOnce = 50_000;

/**
 * Spans of the chunks in order, trimmed of white space at both ends; nothing but white space lies between them. A text that
 * fits is one chunk. Empty for a text without anything to read.
 * @param breaks UTF-16 offsets at which a chunk should rather begin.
 */
export async function planChunks(text: string, breaks: readonly number[], limits: ChunkLimits): Promise<Span[]> {
  const whole = trimSpan(text, { start: 0, end: text.length });
  if (whole.start === whole.end) return [];
  if (text.length <= limits.maxTokens * unitsPerToken && fits(text, whole, limits)) return [whole];
  const segments = textSegments(text, breaks);
  let sincePause = 0;
  const pauseAfter = async ({ start, end }: Span): Promise<void> => {
    sincePause += end - start;
    if (sincePause < unitsAtOnce) return;
    sincePause = 0;
    await limits.pause();
  };
  const counts: number[] = [];
  for (const segment of segments) {
    counts.push(limits.count(text.slice(segment.start, segment.end)));
    await pauseAfter(segment);
  }
  const pack = async (first: number, end: number, maxTokens: number): Promise<Span[]> => {
    const spans: Span[] = [];
    for (const chunk of packSegments(segments.slice(first, end), (at) => counts[first + at] ?? 0, maxTokens)) {
      const span = trimSpan(text, chunk);
      if (span.start === span.end) continue;
      const [from, to] = [first + chunk.firstSegment, first + chunk.endSegment];
      if (fits(text, span, limits)) spans.push(span);
      // One segment is halved; several are packed again, tighter by what they were over.
      else if (to - from === 1) spans.push(...halves(text, span, limits));
      else spans.push(...(await pack(from, to, tighter(text, span, chunk.tokens, limits))));
      await pauseAfter(span);
    }
    return spans;
  };
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
