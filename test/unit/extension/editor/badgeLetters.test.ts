// A badge has at most two characters: the editor refuses more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badgeLetters } from '../../../../src/extension/editor/badgeLetters';

describe('badgeLetters', () => {
  it.each([
    ['topic.planning', 'Pl'],
    ['kind.customer review', 'CR'],
    ['hiring', 'Hi'],
    ['x', 'X'],
    ['überblick', 'Üb'],
    ['a.b.c.release-notes', 'RN'],
    ['topic.', 'To'],
  ])('%s is %s', (label, letters) => {
    expect(badgeLetters(label)).toBe(letters);
  });

  it('has one or two letters for any label that is not blank', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }).filter((label) => label.trim() !== ''),
        (label) => {
          const badge = badgeLetters(label);
          expect(badge).not.toBe('');
          expect(Array.from(new Intl.Segmenter().segment(badge)).length).toBeLessThanOrEqual(2);
        },
      ),
    );
  });
});
