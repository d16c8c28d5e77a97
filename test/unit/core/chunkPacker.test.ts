// Packing segments into chunks: nothing lost, nothing too long, cuts at strong borders.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borders } from '../../../src/core/borders';
import type { Border } from '../../../src/core/borders';
import { packSegments } from '../../../src/core/chunkPacker';
import type { TextSegment } from '../../../src/core/textSegments';

/** Segments of one unit each, with these borders before them. */
function segmentsOf(strengths: readonly Border[]): TextSegment[] {
  return strengths.map((border, start) => ({ start, end: start + 1, border }));
}

function packed(strengths: readonly Border[], counts: readonly number[], maxTokens: number): [number, number][] {
  return packSegments(segmentsOf(strengths), (index) => counts[index]!, maxTokens).map(({ start, end }) => [
    start,
    end,
  ]);
}

const { section, paragraph, sentence, word } = borders;

describe('packSegments', () => {
  it('makes one chunk of what fits, and none of nothing', () => {
    expect(packed([section, section, word], [3, 3, 4], 10)).toEqual([[0, 3]]);
    expect(packed([], [], 10)).toEqual([]);
  });

  it('cuts at the strongest border that leaves the chunk full enough', () => {
    const strengths = [section, sentence, paragraph, sentence, sentence, sentence, sentence];
    expect(packed(strengths, [20, 30, 20, 20, 20, 20, 20], 100)).toEqual([
      [0, 2],
      [2, 7],
    ]);
  });

  it('does not cut early for a strong border near the begin', () => {
    expect(packed([section, section, sentence, sentence, sentence], [5, 45, 45, 45, 45], 100)).toEqual([
      [0, 3],
      [3, 5],
    ]);
  });

  it('takes the last of equally strong borders', () => {
    expect(packed([section, word, word, word, word, word, word, word], Array(8).fill(30), 100)).toEqual([
      [0, 3],
      [3, 6],
      [6, 8],
    ]);
  });

  it('avoids a last chunk of a few words', () => {
    expect(packed([section, sentence, sentence, sentence, sentence, sentence], [20, 20, 20, 20, 20, 5], 100)).toEqual([
      [0, 4],
      [4, 6],
    ]);
  });

  it('leaves a segment that is too long by itself', () => {
    expect(packed([section, word, word], [5, 500, 5], 100)).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('fills a chunk to the last token', () => {
    expect(packed([word, word, word, word, word, word], [5, 5, 5, 5, 5, 5], 10)).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
    ]);
  });

  it('reports segments and tokens of each chunk, asking once a segment', () => {
    const asked: number[] = [];
    const chunks = packSegments(
      segmentsOf([section, paragraph, paragraph]),
      (index) => {
        asked.push(index);
        return 60;
      },
      100,
    );
    expect(asked).toEqual([0, 1, 2]);
    expect(chunks[1]).toEqual({ start: 1, end: 2, firstSegment: 1, endSegment: 2, tokens: 60 });
  });

  it('holds every segment once, in order, within the limit', () => {
    const segment = fc.record({ border: fc.constantFrom(...Object.values(borders)), tokens: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (list, maxTokens) => {
        const segments = segmentsOf(list.map(({ border }) => border));
        const chunks = packSegments(segments, (index) => list[index]!.tokens, maxTokens);
        let next = 0;
        for (const { firstSegment, endSegment, tokens, start, end } of chunks) {
          expect(firstSegment).toBe(next);
          expect([start, end]).toEqual([firstSegment, endSegment]);
          const sum = list.slice(firstSegment, endSegment).reduce((total, item) => total + item.tokens, 0);
          expect(tokens).toBe(sum);
          if (endSegment - firstSegment > 1) expect(tokens).toBeLessThanOrEqual(maxTokens);
          next = endSegment;
        }
        expect(next).toBe(list.length);
      }),
    );
  });

  it('goes through half a million segments without tokens', () => {
    const segments = segmentsOf(Array<Border>(500_000).fill(word));
    expect(packSegments(segments, (index) => (index % 1000 === 0 ? 7 : 0), 10)).toHaveLength(500);
  });
});
