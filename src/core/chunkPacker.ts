// Packs segments into chunks of at most so many tokens, cutting at the strongest border that still fills a chunk well.
import { borders } from './borders';
import type { Border } from './borders';
import type { Span } from './tagResult';
import type { TextSegment } from './textSegments';

export interface Chunk extends Span {
  /** Index of the first segment, and of the one after the last. */
  readonly firstSegment: number;
  readonly endSegment: number;
  /** Sum of its segments' tokens. */
  readonly tokens: number;
}

/** How full a chunk must be, as a part of maxTokens, before a border of this strength may end it. */
const fillFor: Record<Border, number> = {
  [borders.section]: 0.25,
  [borders.paragraph]: 0.4,
  [borders.line]: 0.5,
  [borders.sentence]: 0.6,
  [borders.word]: 0.75,
  [borders.cut]: 0.75,
};

/** A last chunk shorter than this part of maxTokens is avoided where the text allows: few words make unreliable scores. */
const lastFill = 0.25;

/**
 * Chunks in order; together they hold every segment once. Greedy: each takes as many segments as fit, then gives back those
 * behind the strongest border that leaves it full enough (of equals the last). `tokensOf` is asked once a segment, for tokens
 * without special ones; `maxTokens` likewise. A segment that is too long by itself becomes a chunk by itself: split it before.
 */
export function packSegments(
  segments: readonly TextSegment[],
  tokensOf: (segmentIndex: number) => number,
  maxTokens: number,
): Chunk[] {
  const counts = segments.map((_, index) => tokensOf(index));
  let left = counts.reduce((sum, count) => sum + count, 0);
  const chunks: Chunk[] = [];
  for (let first = 0; first < segments.length;) {
    const end = left <= maxTokens ? segments.length : chunkEnd(segments, counts, first, left, maxTokens);
    const tokens = counts.slice(first, end).reduce((sum, count) => sum + count, 0);
    const start = segments[first]?.start ?? 0;
    chunks.push({ start, end: segments[end - 1]?.end ?? start, firstSegment: first, endSegment: end, tokens });
    left -= tokens;
    first = end;
  }
  return chunks;
}

/** Index after the last segment of the chunk that begins with `first`, where not all that is left fits. */
function chunkEnd(
  segments: readonly TextSegment[],
  counts: readonly number[],
  first: number,
  left: number,
  maxTokens: number,
): number {
  let best = -1;
  let bestRank = -1;
  let tokens = counts[first] ?? 0;
  let end = first + 1;
  for (; end < segments.length; end++) {
    const border = segments[end]?.border ?? borders.cut;
    if (tokens <= maxTokens && tokens >= fillFor[border] * maxTokens) {
      const shortRest = left - tokens < lastFill * maxTokens;
      // A short rest is worse than any border is good.
      const rank = border + (shortRest ? 0 : 10);
      if (rank >= bestRank) [best, bestRank] = [end, rank];
    }
    const next = tokens + (counts[end] ?? 0);
    if (next > maxTokens) break;
    tokens = next;
  }
  return best > first ? best : end;
}
