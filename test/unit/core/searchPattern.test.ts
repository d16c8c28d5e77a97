import { describe, expect, it } from 'vitest';
import { searchPattern } from '../../../src/core/searchPattern';

const hits = (words: string, text: string) => Array.from(text.matchAll(searchPattern(words)), ([hit]) => hit);

describe('words', () => {
  it('are found as they stand, whatever they mean in an expression', () => {
    expect(hits('a.b (c)*', 'a.b (c)* axb (c)* a.b  (c)*')).toEqual(['a.b (c)*']);
    expect(hits('1/2', '1/2 12')).toEqual(['1/2']);
    expect(hits('a-b #c', 'A-B #C')).toEqual(['A-B #C']);
  });

  it('are found in any case, unless they have capitals', () => {
    expect(hits('rename', 'Rename RENAME rename')).toEqual(['Rename', 'RENAME', 'rename']);
    expect(hits('Rename', 'Rename RENAME rename')).toEqual(['Rename']);
    expect(hits('straße', 'STRAßE Straße')).toEqual(['STRAßE', 'Straße']);
  });
});

describe('an expression between slashes', () => {
  it('is one', () => {
    expect(hits('/colou?rs?/', 'color Colours colr')).toEqual(['color', 'Colours']);
    expect(hits('/^b/', 'a\nb\nB')).toEqual(['b', 'B']);
  });

  it('counts case by its letters, not by its escapes', () => {
    expect(hits('/a\\S/', 'ab AB')).toEqual(['ab', 'AB']);
    expect(hits('/A\\s?b/', 'Ab ab')).toEqual(['Ab']);
  });

  it('that is none is refused', () => {
    expect(() => searchPattern('/(/')).toThrow(SyntaxError);
  });

  it('needs both slashes', () => {
    expect(hits('/tmp', 'in /tmp')).toEqual(['/tmp']);
  });
});
