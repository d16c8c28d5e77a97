// Passages are shown in one line, selected without the white space around them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceLine } from '../../../../src/extension/results/passage';

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
