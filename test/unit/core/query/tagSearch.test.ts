// One rule of what a search finds, for people, other extensions and agents.
import { expect, test } from 'vitest';
import { TagSearch } from '../../../../src/core/query/tagSearch';

const labels = ['bug', 'idea'];
const tags = [
  { label: 1, score: 0.9 },
  { label: 0, score: 0.6 },
];

test('says by which tag a document was found, where one was asked for', () => {
  const match = (search: string) => new TagSearch(search, labels).match({ tags, stale: false }, 'Notes/A.md');
  expect(match('bug')).toEqual({ asked: { label: 0, score: 0.6 } });
  expect(match('bug or idea')).toEqual({ asked: { label: 1, score: 0.9 } });
  expect(match('notes/a')).toEqual({ asked: null });
  expect(match('@path:b.md')).toBeNull();
});

test('finds what was left out of a run only where that is asked for', () => {
  const left = { tags: [], stale: false, skipped: 'It is too large.' };
  const finds = (search: string) => new TagSearch(search, labels).match(left, 'a.md') !== null;
  expect(['', 'a.md', 'a.md @skipped', '@skipped'].map(finds)).toEqual([false, false, true, true]);
  expect(['(@skipped)', 'a.md (@stale or @skipped)', '-(@skipped)', '"@skipped"'].map(finds)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
