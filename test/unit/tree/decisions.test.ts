// What can be decided of a row, and scores as they are after decisions.
import { describe, expect, it } from 'vitest';
import { canDecide, decideActs, decidedScore } from '../../../src/core/tree/decisions';
import { TagTree } from '../../../src/core/tree/tagTree';
import type { GroupBy, Row, TreeDocument } from '../../../src/core/tree/treeTypes';
import { doc, exclusive, labels, rowsOf, scoresOf } from './treeFixtures';

/** All rows of a tree of one document, opened. */
function rows(document: TreeDocument, by: GroupBy = 'file'): Row[] {
  const tree = new TagTree();
  tree.setLabels(labels, exclusive);
  tree.setGroupBy(by);
  tree.putDocuments([document], true);
  tree.setDetails(document.id, scoresOf(document));
  for (let index = 0; index < tree.length; index++) tree.setOpen(index, true);
  return rowsOf(tree);
}

/** What can be decided of the first row that is of a kind, and has a name where one is given. */
function acts(all: readonly Row[], kind: Row['kind'], name?: string): string {
  const row = all.find((one) => one.kind === kind && (name === undefined || ('name' in one && one.name === name)));
  if (row === undefined) throw new Error(`no row ${kind} ${name ?? ''}`);
  return decideActs.filter((act) => canDecide(row, act)).join(' ');
}

describe('what can be decided', () => {
  const open = doc('a/b.md', [
    [0, 0.9],
    [3, 0.6],
  ]);
  const done: TreeDocument = {
    ...open,
    tags: [{ label: 0, score: 0.9, state: 'accepted' }],
    rejected: [{ label: 3, score: 0.6 }],
  };

  it('is a tag, a document, a folder, not what only leads to them', () => {
    const all = rows(open);
    expect(acts(all, 'document')).toBe('accept reject noneFits');
    expect(acts(all, 'score', 'planning')).toBe('accept reject move noneFits');
    expect(acts(all, 'parent')).toBe('');
    expect(acts(all, 'fold')).toBe('');
    expect(acts(rows(open, 'folder'), 'folder')).toBe('accept reject');
    expect(acts(rows(open, 'label'), 'label')).toBe('');
    expect(acts(rows(open, 'review'), 'review')).toBe('accept reject move noneFits');
  });

  it('is no label that is below its threshold, but to add it', () => {
    expect(acts(rows(open), 'score', 'hiring')).toBe('accept noneFits');
  });

  it('is nothing that is decided so already', () => {
    const all = rows(done);
    expect(acts(all, 'document')).toBe('noneFits takeBack');
    expect(acts(all, 'score', 'planning')).toBe('reject move noneFits takeBack');
    expect(acts(all, 'score', 'neutral')).toBe('accept move noneFits takeBack');
    expect(acts(rows({ ...doc('c.md'), noneFits: true }), 'document')).toBe('takeBack');
    expect(acts(rows({ ...doc('c.md'), noneFits: true }), 'none')).toBe('');
    expect(acts(rows(doc('c.md')), 'none')).toBe('noneFits');
  });

  it('is what people differ on', () => {
    const disputed: TreeDocument = { ...open, tags: [{ label: 0, score: 0.9, state: 'accepted', conflict: true }] };
    expect(acts(rows(disputed), 'score', 'planning')).toBe('accept reject move noneFits takeBack');
    expect(acts(rows(disputed), 'document')).toBe('accept reject noneFits takeBack');
  });

  it('is nothing of what was skipped or is loading', () => {
    const all = rows(doc('c.bin', [], { skipped: 'binary file' }));
    expect(all.map((row) => decideActs.filter((act) => canDecide(row, act)))).toEqual([[], []]);
    const tree = new TagTree();
    tree.setLabels(labels, exclusive);
    tree.putDocuments([open], true);
    tree.setOpen(0, true);
    expect(acts(rowsOf(tree), 'loading')).toBe('');
  });
});

describe('a score after decisions', () => {
  const document = doc('a.md', [[0, 0.9]]);
  const [score] = scoresOf(document);

  it('is what the document says, newer than the score', () => {
    const rejected: TreeDocument = { ...document, tags: [], rejected: [{ label: 0, score: 0.9 }] };
    expect(decidedScore(rejected, score!)).toMatchObject({ tag: false, decided: 'rejected' });
    const undone = decidedScore(document, { ...score!, tag: false, decided: 'rejected' });
    expect(undone).toMatchObject({ tag: true });
    expect(undone).not.toHaveProperty('decided');
    // An added tag that was taken back is none, though its score still says so.
    const gone: TreeDocument = { ...document, tags: [] };
    expect(decidedScore(gone, { ...score!, decided: 'added' }).tag).toBe(false);
  });
});
