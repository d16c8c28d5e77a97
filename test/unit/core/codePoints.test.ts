// Code points on UTF-16 strings, beyond upstream's recorded chunks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, codePointChunks, splitsPair } from '../../../src/core/codePoints';

describe('codePointChunks', () => {
  it('equals the definition on arrays of code points', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), fc.nat(11), (value, size, rest) => {
        const overlap = rest % size;
        const points = Array.from(value);
        const expected: string[] = [];
        for (let start = 0; ; start += size - overlap) {
          expected.push(points.slice(start, start + size).join(''));
          if (start + size >= points.length) break;
        }
        const chunks = codePointChunks(value, size, overlap);
        expect(chunks.map(({ start, end }) => value.slice(start, end))).toEqual(expected);
      }),
    );
  });

  it.each([
    [0, 0, 'chunk size'],
    [1.5, 0, 'chunk size'],
    [4, 4, 'from 0 to 3'],
    [4, 9, 'from 0 to 3'],
    [4, -1, 'chunk overlap'],
    [4, NaN, 'chunk overlap'],
  ])('refuses size %d with overlap %d', (size, overlap, message) => {
    expect(() => codePointChunks('abc', size, overlap)).toThrow(message);
    expect(() => codePointChunks('abc', size, overlap)).toThrow(RangeError);
  });

  it('goes through 5 MB', () => {
    expect(codePointChunks('🎉'.repeat(2_500_000), 8192, 256).at(-1)?.end).toBe(5_000_000);
  });
});

describe('splitsPair and advance', () => {
  it('see pairs, and lone halves as one', () => {
    expect([0, 1, 2, 3].map((at) => splitsPair('a🎉', at))).toEqual([false, false, true, false]);
    expect(splitsPair('\udf89\ud83c', 1)).toBe(false);
    expect(advance('a🎉b', 0, 2)).toBe(3);
    expect(advance('\ud83cb', 0, 1)).toBe(1);
    expect(advance('ab', 1, 5)).toBe(2);
  });
});
