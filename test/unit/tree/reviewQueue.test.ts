// The queue of review: what stands in it, in which order, and that decisions change it in place.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { reviewOrder } from '../../../src/core/review/reviewOrder';
import { TagTree } from '../../../src/core/tree/tagTree';
import type { SortBy, TreeDocument, TreeTag } from '../../../src/core/tree/treeTypes';
import { doc, drawn, exclusive, labels, rowsOf, scoresOf } from './treeFixtures';

let tree: TagTree;
beforeEach(() => {
  tree = queue();
});

function queue(sort: SortBy = 'default', filter = ''): TagTree {
  const made = new TagTree();
  made.setLabels(labels, exclusive);
  made.setGroupBy('review');
  made.setSortBy(sort);
  made.setFilter(filter);
  return made;
}

const a = doc('a.md', [
  [0, 0.9],
  [1, 0.52],
]);
const b = doc('b.md', [
  [5, 0.71],
  [4, 0.6],
]);

function withTags(document: TreeDocument, change: (tag: TreeTag) => TreeTag): TreeDocument {
  return { ...document, tags: document.tags.map(change) };
}

describe('the queue', () => {
  it('has the tags that nobody has decided on, nearest to their threshold first, conflicts before all', () => {
    tree.putDocuments([a, b, doc('none.md'), doc('skipped.md', [], { skipped: 'x' })], true);
    expect(drawn(tree)).toEqual([
      '· 0.71 urgent b.md',
      '· 0.52 hiring a.md',
      '· 0.60 angry b.md',
      '· 0.90 planning a.md',
    ]);
    const disputed = withTags(a, (tag) => (tag.label === 0 ? { ...tag, state: 'accepted', conflict: true } : tag));
    tree.putDocuments([disputed, { ...b, rejected: [{ label: 2, score: 0.5, conflict: true }] }], false);
    expect(drawn(tree).slice(0, 3)).toEqual(['· 0.50 budget b.md', '· 0.90 planning a.md', '· 0.71 urgent b.md']);
    expect(tree.row(0)).toMatchObject({ rejected: true, position: 1, siblings: 5, level: 1, open: null });
  });

  it('has one order with the command line’s', () => {
    const documents = [a, b, doc('c.md', [[3, 0.55]])];
    tree.putDocuments(documents, true);
    const set = {
      name: 'set',
      mode: 'multi-label' as const,
      threshold: 0.5,
      exclusive: [],
      labels: labels.map(({ name, path, threshold }) => ({ name, path, threshold })),
    };
    const reviewed = documents.map((document) => ({
      document: document.title,
      tags: {
        rejected: [],
        tags: document.tags.map(({ label, score }) => ({
          ...{ label: labels[label]!.name, score, start: 0, end: 0 },
          state: 'proposed' as const,
        })),
      },
    }));
    const ordered = reviewOrder(reviewed, set as unknown as Parameters<typeof reviewOrder>[1]);
    const rows = rowsOf(tree).flatMap((row) => (row.kind === 'review' ? [[row.document.title, row.tag.label]] : []));
    expect(rows).toEqual(
      ordered.map(({ document, tag }) => [document, labels.findIndex(({ name }) => name === tag.label)]),
    );
  });

  it('counts what is decided, the selections of documents too', () => {
    const part = { ...doc('a.md:1-2', [[2, 0.8]]), id: 'selection:1' };
    tree.putDocuments([{ ...a, parts: [part] }, b], true);
    expect(tree.review).toEqual({ decided: 0, total: 5 });
    expect(drawn(tree)).toContain('· 0.80 budget a.md:1-2');
    const accepted = withTags(a, (tag) => ({ ...tag, state: 'accepted' }));
    tree.putDocuments([{ ...accepted, parts: [part], rejected: [{ label: 3, score: 0.6 }] }], false);
    expect(tree.review).toEqual({ decided: 3, total: 6 });
    tree.removeDocuments([a.id]);
    expect(tree.review).toEqual({ decided: 0, total: 2 });
    tree.setGroupBy('file');
    expect(tree.review).toBeNull();
  });

  it('goes label by label, or newest first, where that is asked', () => {
    tree.putDocuments(
      [
        { ...a, taggedMs: 1 },
        { ...b, taggedMs: 2 },
      ],
      true,
    );
    tree.setSortBy('name');
    expect(drawn(tree)).toEqual([
      '· 0.90 planning a.md',
      '· 0.52 hiring a.md',
      '· 0.60 angry b.md',
      '· 0.71 urgent b.md',
    ]);
    tree.setSortBy('newest');
    expect(drawn(tree)).toEqual([
      '· 0.71 urgent b.md',
      '· 0.60 angry b.md',
      '· 0.52 hiring a.md',
      '· 0.90 planning a.md',
    ]);
  });

  it('filters tags, not documents', () => {
    tree.putDocuments([a, b], true);
    tree.setFilter('@label:tone');
    expect(drawn(tree)).toEqual(['· 0.60 angry b.md']);
    expect(tree.shownCount).toBe(1);
    expect(tree.review).toEqual({ decided: 0, total: 4 });
    tree.putDocuments([doc('c.md', [[3, 0.9]]), doc('d.md', [[0, 0.9]])], false);
    expect(drawn(tree)).toEqual(['· 0.60 angry b.md', '· 0.90 neutral c.md']);
    tree.setFilter('');
    expect(tree.length).toBe(6);
  });

  it('goes on from a tag that was decided to the one after it, though others left with it', () => {
    tree.putDocuments([a, b], true);
    const name = tree.nameOf(1)!;
    const last = tree.nameOf(3)!;
    tree.putDocuments([withTags(b, (tag) => ({ ...tag, state: 'accepted' }))], false);
    expect(tree.find(name)).toBe(0);
    tree.putDocuments([withTags(a, (tag) => (tag.label === 1 ? { ...tag, state: 'accepted' } : tag))], false);
    expect(drawn(tree)).toEqual(['· 0.90 planning a.md']);
    expect(tree.find(name)).toBe(0);
    expect(tree.find(last)).toBe(0);
    tree.removeDocuments([a.id]);
    expect(tree.find(last)).toBe(-1);
    expect(tree.length).toBe(0);
  });

  it('shows the evidence once it is known, and finds a document', () => {
    tree.putDocuments([a, b], true);
    expect(tree.row(1)).toMatchObject({ evidence: '', startLine: 0 });
    tree.setDetails(a.id, scoresOf(a));
    expect(tree.row(1)).toMatchObject({ evidence: 'evidence of 1', startLine: 2 });
    expect(tree.reveal(a.id)).toBe(1);
    expect(tree.locate(b.id)).toBe(0);
    expect(tree.locate('file:///unknown')).toBe(-1);
    for (const index of [0, 3]) {
      expect(tree.setOpen(index, true)).toBe(false);
      expect(tree.parentOf(index)).toBe(-1);
      expect(tree.openSiblings(index)).toBe(0);
    }
    expect(() => tree.row(4)).toThrow(RangeError);
  });

  it('leaves what was open in other groupings alone', () => {
    tree.setGroupBy('file');
    tree.putDocuments([a, b], true);
    tree.setOpen(0, true);
    const before = drawn(tree);
    tree.setGroupBy('review');
    tree.collapseAll();
    tree.setGroupBy('file');
    expect(drawn(tree)).toEqual(before);
  });
});

describe('decisions in place', () => {
  const decision = fc.constantFrom<Partial<TreeTag>>(
    {},
    { state: 'accepted' },
    { state: 'added' },
    { state: 'accepted', conflict: true },
    { state: 'accepted', olderText: true },
  );
  const someTags = fc.uniqueArray(fc.tuple(fc.nat(5), fc.integer({ min: 50, max: 99 }), decision), {
    selector: ([label]) => label,
    maxLength: 4,
  });
  const someDocument = fc
    .record({ number: fc.nat(12), tags: someTags, rejected: fc.nat(3), disputed: fc.boolean(), withPart: fc.boolean() })
    .map(({ number, tags, rejected, disputed, withPart }): TreeDocument => {
      const all = tags.map(([label, score, state]) => ({ label, score: score / 100, ...state }));
      const title = `${number}.md`;
      const part = { ...doc(`${title}:1`, [[1, 0.6]]), id: `selection:${number}` };
      return {
        ...doc(title),
        tags: all.slice(rejected),
        rejected: all
          .slice(0, rejected)
          .map(({ label, score }) => ({ label, score, ...(disputed && { conflict: true }) })),
        ...(withPart && { parts: [part] }),
      };
    });

  it('make the same queue as a fresh one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(someDocument, { maxLength: 5 }), { maxLength: 8 }),
        fc.array(fc.nat(12), { maxLength: 3 }),
        fc.constantFrom<SortBy>('default', 'name', 'score', 'newest'),
        fc.constantFrom('', '1', '@label:topic', '@score:.8', '-@label:urgent'),
        (batches, removed, sort, filter) => {
          const patched = queue(sort, filter);
          const last = new Map<string, TreeDocument>();
          for (const batch of batches) {
            patched.putDocuments(batch, false);
            for (const one of batch) last.set(one.id, one);
          }
          const ids = [...last.keys()].filter((_, index) => removed.includes(index));
          patched.removeDocuments(ids);
          for (const id of ids) last.delete(id);
          const fresh = queue(sort, filter);
          fresh.putDocuments([...last.values()], true);
          expect(rowsOf(patched)).toEqual(rowsOf(fresh));
          expect(patched.review).toEqual(fresh.review);
          for (let index = 0; index < patched.length; index++) expect(patched.find(patched.nameOf(index)!)).toBe(index);
        },
      ),
    );
  });

  it('take no sorting: one among 100,000 documents costs a fraction of building the queue', () => {
    const many = Array.from({ length: 100_000 }, (_, index) =>
      doc(`folder${index % 500}/file${index}.md`, [
        [index % 5, 0.5 + (index % 50) / 100],
        [5, 0.7 + (index % 30) / 100],
      ]),
    );
    const start = performance.now();
    tree.putDocuments(many, true);
    const builtMs = performance.now() - start;
    expect(tree.length).toBe(200_000);
    const times = Array.from({ length: 21 }, () => {
      const row = tree.row(100);
      if (row.kind !== 'review') throw new Error('no row of the queue');
      const { document, tag } = row;
      const before = performance.now();
      tree.putDocuments(
        [withTags(document, (one) => (one.label === tag.label ? { ...one, state: 'accepted' } : one))],
        false,
      );
      return performance.now() - before;
    }).sort((x, y) => x - y);
    expect(tree.review).toEqual({ decided: 21, total: 200_000 });

    expect(times[10]).toBeLessThan(builtMs / 5);
  });
});
