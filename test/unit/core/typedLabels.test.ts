// Labels in one line: what each state of typing means, and the way back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snippetLabelSets } from '../../../src/core/defaultLabelSets';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import { formatTypedLabels, parseTypedLabels } from '../../../src/core/typedLabels';

describe('parseTypedLabels', () => {
  it.each([
    ['', [], []],
    ['planning', ['planning'], []],
    ['planning, hiring,', ['planning', 'hiring'], []],
    ['topic:', [], []],
    ['topic: planning', { topic: ['planning'] }, []],
    ['topic: a, b; tone (one of): calm, angry', { topic: ['a', 'b'], tone: ['calm', 'angry'] }, ['tone']],
    ['tone (one of): calm', { tone: ['calm'] }, []],
    ['urgent; topic: a', ['urgent', { topic: ['a'] }], []],
    [
      'incident (something broke: badly, or not)',
      [{ name: 'incident', description: 'something broke: badly, or not' }],
      [],
    ],
    ['incident (somet', [{ name: 'incident', description: 'somet' }], []],
    ['topic: a; topic: b', { topic: ['a', 'b'] }, []],
    ['Node.js; a\nb', ['Node.js', 'a', 'b'], []],
    [': a', ['a'], []],
  ])('%j', (text, labels, exclusive) => {
    expect(parseTypedLabels(text)).toEqual({ labels, exclusive });
  });

  it('makes a set that can be used of anything that has a label twice at most', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c:;,() ]{0,30}$/), (text) => {
        const typed = parseTypedLabels(text);
        const { problems } = parseLabelSets({ x: typed });
        for (const { message } of problems) expect(message).toMatch(/twice|no labels/);
      }),
    );
  });
});

describe('formatTypedLabels', () => {
  it.each(Object.entries(snippetLabelSets))('brings the skeleton “%s” back', (_, { labels, exclusive = [] }) => {
    expect(parseTypedLabels(formatTypedLabels({ labels, exclusive }))).toEqual({ labels, exclusive });
  });

  it('brings back descriptions and labels beside groups', () => {
    const text = 'urgent, incident (it broke); tone (one of): calm, angry';
    expect(formatTypedLabels(parseTypedLabels(text))).toBe(text);
  });
});
