import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passagesOf } from '../../../src/core/passages';

const all = (text: string) =>
  passagesOf(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));

describe('passagesOf', () => {
  test('parts sentences, lines and headings', () => {
    const text =
      '# Stand-up of the platform team\n\nWe moved the release to Thursday. The sandbox is still down today.\n';
    expect(all(text)).toEqual([
      '# Stand-up of the platform team',
      'We moved the release to Thursday.',
      'The sandbox is still down today.',
    ]);
  });

  test('leaves a short heading apart from what stands under it', () => {
    const sentence = 'We hold the second interview on Monday.';
    expect(all(`# Notes\n\n${sentence}\n`)).toEqual(['# Notes', sentence]);
    expect(all(`## To do\n${sentence}\n`)).toEqual(['## To do', sentence]);
  });

  test('joins what is too short to say anything, but not across paragraphs', () => {
    expect(all('Yes. That is what the customer asked for.')).toEqual(['Yes. That is what the customer asked for.']);
    expect(all('Yes.\n\nThat is what the customer asked for.')).toEqual([
      'Yes.',
      'That is what the customer asked for.',
    ]);
  });

  test('looks only within the span, and counts from the start of the text', () => {
    const text = 'This sentence stands before. This one is looked at. This sentence stands after.';
    const start = text.indexOf('This one');
    const end = text.indexOf(' This sentence stands after');
    expect(passagesOf(text, { start, end })).toEqual([{ start, end }]);
  });

  test('covers every character that is not white space once, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const spans = passagesOf(text, { start: 0, end: text.length });
        const covered = spans.map(({ start, end }) => text.slice(start, end)).join('');
        expect(covered.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const [index, { start, end }] of spans.entries()) {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
        }
      }),
    );
  });
});
