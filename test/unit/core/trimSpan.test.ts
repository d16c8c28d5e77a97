import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trimSpan } from '../../../src/core/trimSpan';

describe('trimSpan', () => {
  it('leaves out white space at both ends', () => {
    expect(trimSpan('  ab c \n', { start: 0, end: 8 })).toEqual({ start: 2, end: 6 });
  });

  it('stays inside the span, in order, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(' ', '\n', 'a', 'é') }), fc.nat(), fc.nat(), (text, a, b) => {
        const [start, end] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number];
        const span = trimSpan(text, { start, end });
        expect(span.start).toBeGreaterThanOrEqual(start);
        expect(span.end).toBeLessThanOrEqual(end);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(text.slice(span.start, span.end)).toBe(text.slice(start, end).trim());
      }),
    );
  });
});
