// Documents by a search: what is found, in which order, and by which of its labels.
import { expect, test } from 'vitest';
import { findByTag } from '../../../../src/extension/results/findByTag';
import type { DocumentSummary } from '../../../../src/shared/viewMessages';

const labels = ['topic.bug', 'topic.idea', 'tone.angry'];

function row(
  id: string,
  tags: readonly (readonly [number, number])[],
  more: Partial<DocumentSummary> = {},
): DocumentSummary {
  const named = tags.map(([label, score]) => ({ label, score }));
  return { id, title: id, folders: [], tags: named, chunkCount: 1, stale: false, ...more };
}

const rows = [
  row('weak.md', [[0, 0.6]]),
  row('strong.md', [
    [2, 0.99],
    [0, 0.9],
  ]),
  row('idea.md', [[1, 0.8]]),
  row('huge.bin', [], { skipped: 'It is too large.' }),
];

const found = (search: string) => findByTag(search, labels, rows).map(({ document, best }) => [document.id, best]);

test('best first, by the label that was asked for', () => {
  expect(found('bug')).toEqual([
    ['strong.md', 0],
    ['weak.md', 0],
  ]);
  expect(found('bug -angry')).toEqual([['weak.md', 0]]);
  expect(found('@score:.85 bug')).toEqual([['strong.md', 0]]);
});

test('without a label that is asked for there is no best one, and the order stays', () => {
  expect(found('.md -idea')).toEqual([
    ['weak.md', null],
    ['strong.md', null],
  ]);
});

test('what was left out is found only where it is asked for', () => {
  expect(found('')).toHaveLength(3);
  expect(found('@skipped')).toEqual([['huge.bin', null]]);
});
