// A search says how well documents answer it.
import { describe, expect, test } from 'vitest';
import { byRank, rankOf } from '../../../src/agents/rank';
import { TagSearch } from '../../../src/core/query/tagSearch';

const document = (...scores: readonly (readonly [number, number])[]) => ({
  tags: scores.map(([label, score]) => ({ label, score })),
  stale: false,
});

function rank(search: string, one: ReturnType<typeof document>, path: string): number | null {
  const match = new TagSearch(search, ['bug report', 'contract']).match(one, path);
  return match && rankOf(one, match);
}

describe('a document', () => {
  test('ranks by the tag that is asked for, else by the best one', () => {
    const both = document([1, 0.9], [0, 0.6]);
    expect(rank('bug report', both, 'a.md')).toBe(0.6);
    expect(rank('@path:a.md', both, 'docs/A.md')).toBe(0.9);
    expect(rank('', both, 'a.md')).toBe(0.9);
    expect(rank('@none', document(), 'a.md')).toBe(0);
  });

  test('has no rank where it does not match', () => {
    expect(rank('bug report', document([1, 0.9]), 'a.md')).toBeNull();
    expect(rank('bug report @score:.7', document([0, 0.6]), 'a.md')).toBeNull();
  });
});

test('the order is by rank, then by path', () => {
  const ranked = [
    { rank: 0.5, path: 'b' },
    { rank: 0.5, path: 'a' },
    { rank: 0.9, path: 'c' },
  ];
  expect(ranked.sort(byRank).map(({ path }) => path)).toEqual(['c', 'a', 'b']);
  expect(byRank({ rank: 0.5, path: 'a' }, { rank: 0.5, path: 'a' })).toBe(0);
});
