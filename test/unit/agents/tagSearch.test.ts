// A search says how well documents answer it; labels of agents are labels, whatever is in them.
import { describe, expect, test } from 'vitest';
import { labelSetCalled, ownLabels } from '../../../src/agents/ownLabels';
import { TagSearch, byRank } from '../../../src/agents/tagSearch';

const set = ownLabels(['bug report', 'contract']);
const document = (...scores: readonly (readonly [number, number])[]) => ({
  tags: scores.map(([label, score]) => ({ label, score })),
  stale: false,
});

describe('TagSearch', () => {
  test('ranks by the tag that is asked for, else by the best one', () => {
    const both = document([1, 0.9], [0, 0.6]);
    expect(new TagSearch('bug report', set).rank(both, 'a.md')).toBe(0.6);
    expect(new TagSearch('@path:a.md', set).rank(both, 'docs/A.md')).toBe(0.9);
    expect(new TagSearch('', set).rank(both, 'a.md')).toBe(0.9);
    expect(new TagSearch('@none', set).rank(document(), 'a.md')).toBe(0);
  });

  test('leaves out what does not match', () => {
    expect(new TagSearch('bug report', set).rank(document([1, 0.9]), 'a.md')).toBeNull();
    expect(new TagSearch('bug report @score:.7', set).rank(document([0, 0.6]), 'a.md')).toBeNull();
  });

  test('orders by rank, then by path', () => {
    const ranked = [
      { rank: 0.5, path: 'b' },
      { rank: 0.5, path: 'a' },
      { rank: 0.9, path: 'c' },
    ];
    expect(ranked.sort(byRank).map(({ path }) => path)).toEqual(['c', 'a', 'b']);
  });
});

describe('label sets', () => {
  test('of labels that an agent named have each of them once, dots and all', () => {
    expect(ownLabels(['a.b', 'a', 'a', '{"x": 1}']).labels.map(({ name }) => name)).toEqual(['a.b', 'a', '{"x": 1}']);
    expect(() => ownLabels([' '])).toThrow();
  });

  test('are found by name, and those that are there are told', () => {
    expect(labelSetCalled([set], undefined, set)).toBe(set);
    expect(() => labelSetCalled([set], 'other', set)).toThrow(
      `There is no label set “other”. There are: “${set.name}”.`,
    );
  });
});
