// Offsets are told by their lines, whatever ends these.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineCounter } from '../../../src/core/lineCounter';

describe('lineCounter', () => {
  it('counts lines from 1, whatever ends them', () => {
    const text = 'a\nb\r\nc\rd';
    expect(Array.from(text, (_, offset) => lineCounter(text)(offset))).toEqual([1, 1, 2, 2, 2, 3, 3, 4]);
    expect(lineCounter('')(0)).toBe(1);
    expect(lineCounter('a\n')(2)).toBe(2);
  });

  it('agrees with counting the line ends before an offset', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\n', 'a') }), fc.nat(), (text, at) => {
        const offset = at % (text.length + 1);
        expect(lineCounter(text)(offset)).toBe(text.slice(0, offset).split('\n').length);
      }),
    );
  });
});
