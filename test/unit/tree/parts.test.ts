// Selections of a document are rows under it: never documents beside it, with scores of their own.
import { beforeEach, describe, expect, it } from 'vitest';
import { allTags, partName } from '../../../src/core/tree/parts';
import { TagTree } from '../../../src/core/tree/tagTree';
import { spokenRow } from '../../../src/core/tree/words';
import { doc, drawn, exclusive, labels, rowsOf, scoresOf } from './treeFixtures';

const part = (lines: string, tags: Parameters<typeof doc>[1], more: Parameters<typeof doc>[2] = {}) =>
  doc(`notes/weekly.md:${lines}`, tags, { id: `selection:file:///notes/weekly.md#${lines}`, ...more });
const first = part('13-14', [[1, 0.9]]);
const second = part('20', [[0, 0.6]]);
const whole = doc('notes/weekly.md', [[0, 0.8]], { parts: [first, second] });
const alone = doc('notes/weekly.md', [], { parts: [first, second], partsOnly: true });

let tree: TagTree;
beforeEach(() => {
  tree = new TagTree();
  tree.setLabels(labels, exclusive);
});

describe('a document with selections', () => {
  it('is one row; its selections stand before its own tags', () => {
    tree.putDocuments([whole], true);
    tree.setOpen(0, true);
    tree.setDetails(whole.id, scoresOf(whole));
    expect(tree.documentCount).toBe(1);
    expect(drawn(tree)).toEqual([
      '▾ notes/weekly.md',
      '  ▸ lines 13-14',
      '  ▸ lines 20',
      '  ▾ topic 1/2',
      '    · 0.80 planning',
      '    ▸ 2 more below 0.5',
      '  ▸ tone (one of) 0/2',
      '  ▸ 1 more below 0.7',
    ]);
  });

  it('opens each selection to its own scores, and folds by itself', () => {
    tree.putDocuments([alone], true);
    tree.setOpen(0, true);
    expect(drawn(tree)).toEqual(['▾ notes/weekly.md', '  ▸ lines 13-14', '  ▸ lines 20']);
    tree.setOpen(1, true);
    expect(drawn(tree)[2]).toBe('    · loading');
    tree.setDetails(first.id, scoresOf(first));
    tree.setDetails(second.id, scoresOf(second));
    tree.setOpen(tree.length - 1, true);
    expect(drawn(tree).slice(0, 6)).toEqual([
      '▾ notes/weekly.md',
      '  ▾ lines 13-14',
      '    ▾ topic 1/2',
      '      · 0.90 hiring',
      '      ▸ 2 more below 0.5',
      '    ▸ tone (one of) 0/2',
    ]);
    expect(new Set(rowsOf(tree).map(({ key }) => key)).size).toBe(tree.length);
    const fold = drawn(tree).findIndex((line) => line.includes('2 more below'));
    tree.setOpen(fold, true);
    expect(drawn(tree).filter((line) => line.includes('▾ 2 more below'))).toHaveLength(1);
    // Rows below a selection are about it: what is opened from them is its evidence.
    const row = tree.row(3);
    expect('document' in row && row.document.id).toBe(first.id);
    expect(tree.parentOf(3)).toBe(2);
    expect(tree.parentOf(2)).toBe(1);
    expect(tree.parentOf(1)).toBe(0);
    expect(tree.find(tree.nameOf(3)!)).toBe(3);
  });

  it('is revealed with the selection opened', () => {
    tree.putDocuments([doc('a.md', [[0, 0.7]]), alone], true);
    expect(tree.has(second.id)).toBe(true);
    const row = tree.reveal(second.id);
    expect(drawn(tree)[row]).toBe('  ▾ lines 20');
    expect(drawn(tree)[tree.reveal(alone.id)]).toBe('▾ notes/weekly.md');
    tree.removeDocuments([alone.id]);
    expect(tree.has(second.id)).toBe(false);
  });

  it('counts as one document under each label that it or a selection has', () => {
    tree.setGroupBy('label');
    tree.putDocuments([whole], true);
    expect(drawn(tree).filter((line) => line.startsWith('  '))).toEqual([
      '  ▸ planning 1 avg 0.80',
      '  ▸ hiring 1 avg 0.90',
    ]);
    expect(drawn(tree)[0]).toBe('▾ topic 1 avg 0.85');
    expect(allTags(whole)).toEqual([
      { label: 1, score: 0.9 },
      { label: 0, score: 0.8 },
    ]);
  });

  it.each([
    ['@label:hiring', 1],
    ['@score:.85', 1],
    ['@score:.95', 0],
    ['hiring', 1],
    ['@none', 0],
  ])('answers the filter %s with what its selections have', (text, count) => {
    tree.setFilter(text);
    tree.putDocuments([alone], true);
    expect(tree.shownCount).toBe(count);
  });

  it('is found as stale by a stale selection', () => {
    tree.setFilter('@stale');
    tree.putDocuments([doc('notes/weekly.md', [], { parts: [part('1', [], { stale: true })], partsOnly: true })], true);
    expect(tree.shownCount).toBe(1);
  });

  it('is spoken as what it is, and the selection says how long it lasts', () => {
    tree.putDocuments([alone], true);
    tree.setOpen(0, true);
    expect(rowsOf(tree).map((row) => spokenRow(row, labels))).toEqual([
      'notes/weekly.md, 2 selections',
      'Selection, lines 13–14, 1 tag: hiring 0.90, kept until this window closes',
      'Selection, line 20, 1 tag: planning 0.60, kept until this window closes',
    ]);
  });
});

it('a part is named by its lines, also where its document was renamed meanwhile', () => {
  expect(partName(whole, first)).toBe('13-14');
  expect(partName(doc('other.md'), first)).toBe('notes/weekly.md:13-14');
});
