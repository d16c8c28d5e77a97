// Passages are shown in one line, selected without the white space around them, and found by their lines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceLine, lineCounter } from '../../../../src/extension/results/passage';

describe('evidenceLine', () => {
  it('folds white space into one line', () => {
    expect(evidenceLine('a\n\n  b\tc\r\nd', { start: 0, end: 11 })).toBe('a b c d');
  });

  it('reads Markdown as text, and other files as they are', () => {
    const text = '# Terms\n\n1. Each party may **disclose** it.';
    expect(evidenceLine(text, { start: 0, end: text.length }, true)).toBe('Each party may disclose it.');
    expect(evidenceLine(text, { start: 0, end: text.length })).toBe('# Terms 1. Each party may **disclose** it.');
  });

  it('takes the span only', () => {
    expect(evidenceLine('before passage after', { start: 7, end: 14 })).toBe('passage');
  });

  it('cuts at a word and says so', () => {
    const line = evidenceLine('word '.repeat(500), { start: 0, end: 2500 });
    expect(line).toMatch(/word…$/);
    expect(line.length).toBeLessThanOrEqual(301);
  });

  it('never ends in half a surrogate pair', () => {
    fc.assert(
      fc.property(fc.nat(5), (shift) => {
        const text = 'x'.repeat(shift) + '😀'.repeat(400);
        expect(evidenceLine(text, { start: 0, end: text.length })).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});

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
