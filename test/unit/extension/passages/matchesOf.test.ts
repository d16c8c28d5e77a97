import { describe, expect, it } from 'vitest';
import { searchPattern } from '../../../../src/core/searchPattern';
import { matchesOf } from '../../../../src/extension/passages/matchesOf';

const matches = (words: string, text: string) => matchesOf(searchPattern(words), text, 'a.txt');

describe('matchesOf', () => {
  it('gives places, of words as of expressions', () => {
    expect(matches('ab', 'ab cab')).toEqual([
      { start: 0, end: 2 },
      { start: 4, end: 6 },
    ]);
    expect(matches('/b+/', 'abb cab')).toEqual([
      { start: 1, end: 3 },
      { start: 6, end: 7 },
    ]);
    expect(matches('a+(b)', 'aab a+(b)')).toEqual([{ start: 4, end: 9 }]);
  });

  it('goes through megabytes, however many matches are in them', () => {
    const text = 'some words '.repeat(400_000);
    expect(matches(' ', text)).toHaveLength(800_000);
    expect(matches('/./', text.slice(0, 1_000_000))).toHaveLength(1_000_000);
    expect(matches('/\\w+/', text.slice(0, 2_000_000)).length).toBeGreaterThan(300_000);
  });

  it('stops an expression that would not end, and names it and the text', () => {
    expect(() => matches('/(a+)+$/', `${'a'.repeat(60)}!`)).toThrow('/(a+)+$/ takes too long on a.txt');
  });
});
