// The tree's rows: hierarchy under documents, groupings, patches, names of rows.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { TagTree } from '../../../src/core/tree/tagTree';
import { nameParts } from '../../../src/core/tree/words';
import type { GroupBy, SortBy } from '../../../src/core/tree/treeTypes';
import { doc, drawn, exclusive, label, labels, rowsOf, scoresOf } from './treeFixtures';

const standup = doc('notes/standup.md', [
  [0, 0.83],
  [3, 0.71],
  [1, 0.51],
]);
const gateway = doc('logs/gateway.log', [[4, 0.91]]);
const empty = doc('notes/empty.md');
const binary = doc('logs/core.bin', [], { skipped: 'binary file' });

let tree: TagTree;
beforeEach(() => {
  tree = new TagTree();
  tree.setLabels(labels, exclusive);
});

function rowOf(text: string): number {
  const index = drawn(tree).findIndex((line) => line.includes(text));
  if (index === -1) throw new Error(`No row “${text}” in\n${drawn(tree).join('\n')}`);
  return index;
}

describe('an opened document', () => {
  it('shows tags first, folds the rest of each parent, and marks exclusive parents', () => {
    tree.putDocuments([standup], true);
    tree.setOpen(0, true);
    expect(drawn(tree)).toEqual(['▾ notes/standup.md', '  · loading']);
    tree.setDetails(standup.id, scoresOf(standup));
    expect(drawn(tree)).toEqual([
      '▾ notes/standup.md',
      '  ▾ topic 2/1',
      '    · 0.83 planning',
      '    · 0.51 hiring',
      '    ▸ 1 more below 0.5',
      '  ▾ tone (one of) 1/1',
      '    · 0.71 neutral',
      '    ▸ 1 more below 0.5',
      '  ▸ 1 more below 0.7',
    ]);
    tree.setOpen(4, true);
    expect(drawn(tree).slice(4, 6)).toEqual(['    ▾ 1 more below 0.5', '      · 0.12 budget']);
  });

  it('names the tags that its author gave before those of the model', () => {
    tree.putDocuments([doc('notes/empty.md', [], { given: ['todo'] })], true);
    tree.setOpen(0, true);
    expect(drawn(tree)).toEqual(['▾ notes/empty.md', '  · given', '  · loading']);
    tree.setDetails(empty.id, scoresOf(empty));
    expect(drawn(tree).slice(0, 3)).toEqual(['▾ notes/empty.md', '  · given', '  · none']);
  });

  it('that is a part of a file stands under the file, whatever its name holds', () => {
    const part = { folders: ['data', 'a.md'], inFile: true as const };
    tree.putDocuments([doc('data/a.md/A/B testing', [], part), doc('data/b.md')], true);
    tree.setGroupBy('folder');
    const rows = Array.from({ length: tree.length }, (_, at) => tree.row(at));
    expect(rows.map((row) => row.kind === 'folder' && row.file)).toEqual([false, true, false]);
    tree.setOpen(1, true);
    const row = tree.row(2);
    expect(row.kind === 'document' && nameParts(row.document)).toEqual({ folder: 'data/a.md', name: 'A/B testing' });
  });

  it('is found by a given tag', () => {
    tree.putDocuments([doc('notes/a.md', [], { given: ['Todo'] }), doc('notes/b.md')], true);
    tree.setFilter('@given:todo');
    expect(drawn(tree)).toEqual(['▸ notes/a.md']);
  });

  it('says "none fits" in a row of its own, with closed parents that hold all scores', () => {
    tree.putDocuments([empty], true);
    tree.setOpen(0, true);
    tree.setDetails(empty.id, scoresOf(empty));
    expect(drawn(tree)).toEqual([
      '▾ notes/empty.md',
      '  · none',
      '  ▸ topic 0/3',
      '  ▸ tone (one of) 0/2',
      '  ▸ 1 more below 0.7',
    ]);
    tree.setOpen(rowOf('topic'), true);
    expect(drawn(tree).slice(2, 6)).toEqual([
      '  ▾ topic 0/3',
      '    · 0.12 budget',
      '    · 0.11 hiring',
      '    · 0.10 planning',
    ]);
  });

  it('is closed by itself: another one beside it stays open', () => {
    tree.putDocuments([empty, binary], true);
    tree.setOpen(rowOf('empty'), true);
    tree.setOpen(rowOf('core'), true);
    tree.setOpen(rowOf('empty'), false);
    expect(drawn(tree)).toEqual(['▸ notes/empty.md', '▾ logs/core.bin', '  · skipped']);
  });

  it('says of a label that reaches its threshold, and yet is no tag, that it was not chosen', () => {
    tree.putDocuments([gateway], true);
    tree.setOpen(0, true);
    const scores = scoresOf(gateway).map((score) => (score.label === 3 ? { ...score, score: 0.5 } : score));
    tree.setDetails(gateway.id, scores);
    expect(rowsOf(tree).filter((row) => row.kind === 'fold')).toMatchObject([
      { count: 1, below: null },
      { count: 1, below: 0.7 },
    ]);
  });

  it('gives the reason of a skipped one', () => {
    tree.putDocuments([binary], true);
    tree.setOpen(0, true);
    expect(drawn(tree)).toEqual(['▾ logs/core.bin', '  · skipped']);
  });

  it('does not call a label "below" that lost to its sibling', () => {
    tree.putDocuments([gateway], true);
    tree.setOpen(0, true);
    const scores = scoresOf(gateway).map((score) => (score.label === 3 ? { ...score, score: 0.8 } : score));
    tree.setDetails(gateway.id, scores);
    expect(drawn(tree)).toContain('    ▸ 1 more below ?');
  });

  it('says that labels miss thresholds of their own, where these differ', () => {
    const own = [label('planning'), label('hiring', 0.7), label('budget', 0.9)];
    tree.setLabels(own, []);
    const planned = doc('a.md', [[0, 0.6]]);
    tree.putDocuments([planned], true);
    tree.setOpen(0, true);
    tree.setDetails(planned.id, scoresOf(planned, own));
    expect(drawn(tree)).toContain('  ▸ 2 more below own');
  });

  it('keeps a label that is also a parent apart', () => {
    tree.setLabels([label('topic'), label('topic.planning')], []);
    const both = doc('a.md', [
      [0, 0.9],
      [1, 0.8],
    ]);
    tree.putDocuments([both], true);
    tree.setOpen(0, true);
    tree.setDetails(both.id, scoresOf(both, [label('topic'), label('topic.planning')]));
    expect(drawn(tree)).toEqual(['▾ a.md', '  · 0.90 topic', '  ▾ topic 1/0', '    · 0.80 planning']);
    tree.setGroupBy('label');
    expect(drawn(tree)[0]).toBe('▾ topic 1 avg 0.85');
  });

  it('drops scores of labels that are gone', () => {
    tree.putDocuments([standup], true);
    tree.setOpen(0, true);
    tree.setDetails(standup.id, [...scoresOf(standup), { ...scoresOf(standup)[0]!, label: 99 }]);
    expect(rowsOf(tree).filter((row) => row.kind === 'score')).toHaveLength(3);
    tree.setLabels([label('other')], []);
    expect(drawn(tree)).toEqual(['▾ notes/standup.md', '  · loading']);
  });
});

describe('groupings', () => {
  beforeEach(() => {
    tree.putDocuments([standup, gateway, empty, binary, doc('README.md', [[5, 0.95]])], true);
  });

  it('by file, by name: numbers count, and a folder stands together', () => {
    tree.putDocuments(
      ['a-b.md', 'a/b.md', 'a/c10.md', 'a/c9.md', 'B.md'].map((title) => doc(title)),
      true,
    );
    expect(drawn(tree).map((line) => line.slice(2))).toEqual(['a/b.md', 'a/c9.md', 'a/c10.md', 'a-b.md', 'B.md']);
  });

  it('by folder', () => {
    tree.setGroupBy('folder');
    expect(drawn(tree)).toEqual([
      '▾ logs (2)',
      '  ▸ logs/core.bin',
      '  ▸ logs/gateway.log',
      '▾ notes (2)',
      '  ▸ notes/empty.md',
      '  ▸ notes/standup.md',
      '▸ README.md',
    ]);
    expect(
      rowsOf(tree)
        .filter((row) => row.level === 1)
        .map((row) => [row.position, row.siblings]),
    ).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('by label, with counts, averages and each document once a parent', () => {
    tree.setGroupBy('label');
    tree.setOpen(rowOf('planning'), true);
    expect(drawn(tree)).toEqual([
      '▾ topic 1 avg 0.67',
      '  ▾ planning 1 avg 0.83',
      '    ▸ 0.83 notes/standup.md',
      '  ▸ hiring 1 avg 0.51',
      '▾ tone (one of) 2 avg 0.81',
      '  ▸ neutral 1 avg 0.71',
      '  ▸ angry 1 avg 0.91',
      '▸ urgent 1 avg 0.95',
      '▸ [none] 1',
      '▸ [skipped] 1',
    ]);
  });

  it('orders the documents of a label by score, or by name when told so', () => {
    tree.setGroupBy('label');
    tree.putDocuments([doc('a.md', [[0, 0.6]]), doc('z.md', [[0, 0.99]])], false);
    tree.setOpen(rowOf('planning'), true);
    const titles = () => rowsOf(tree).flatMap((row) => (row.kind === 'document' ? [row.document.title] : []));
    expect(titles()).toEqual(['z.md', 'notes/standup.md', 'a.md']);
    tree.setSortBy('name');
    expect(titles()).toEqual(['a.md', 'notes/standup.md', 'z.md']);
    tree.setSortBy('score');
    tree.setGroupBy('file');
    expect(titles()[0]).toBe('z.md');
  });

  it('puts the newest first where nothing else is asked', () => {
    const titles = () => rowsOf(tree).flatMap((row) => (row.kind === 'document' ? [row.document.title] : []));
    const before = titles();
    tree.putDocuments([{ ...gateway, taggedMs: 1000 }, doc('notes/z.md', [], { taggedMs: 2000 })], false);
    expect(titles()).toEqual(['notes/z.md', 'logs/gateway.log', ...before.filter((one) => one !== 'logs/gateway.log')]);
    tree.setGroupBy('folder');
    expect(titles().slice(0, 2)).toEqual(['logs/core.bin', 'logs/gateway.log']);
    tree.setSortBy('newest');
    expect(titles().slice(0, 2)).toEqual(['logs/gateway.log', 'logs/core.bin']);
    tree.setGroupBy('file');
    expect(titles().at(-1)).toBe('logs/core.bin');
    tree.setSortBy('name');
    expect(titles()[0]).toBe('logs/core.bin');
  });

  it('filters by text, label, score and switches', () => {
    const titles = (text: string): string[] => {
      tree.setFilter(text);
      return rowsOf(tree).flatMap((row) => (row.kind === 'document' ? [row.document.title] : []));
    };
    expect(titles('NOTES')).toEqual(['notes/empty.md', 'notes/standup.md']);
    expect(titles('planning')).toEqual(['notes/standup.md']);
    expect(titles('@label:tone')).toEqual(['logs/gateway.log', 'notes/standup.md']);
    expect(titles('@label:tone @score:.8')).toEqual(['logs/gateway.log']);
    expect(titles('@skipped')).toEqual(['logs/core.bin']);
    expect(titles('@none')).toEqual(['notes/empty.md']);
    expect(titles('@stale')).toEqual([]);
    expect(titles('@skipped @none')).toEqual(['notes/empty.md', 'logs/core.bin']);
    expect(titles('')).toHaveLength(5);
  });

  it('shows under a label only what the filter lets through there', () => {
    tree.setGroupBy('label');
    tree.setFilter('@label:tone');
    expect(drawn(tree)).toEqual(['▾ tone (one of) 2 avg 0.81', '  ▸ neutral 1 avg 0.71', '  ▸ angry 1 avg 0.91']);
  });

  it('reveals a document wherever it stands, but not one that is filtered out', () => {
    for (const by of ['file', 'folder', 'label'] as const) {
      tree.setGroupBy(by);
      tree.collapseAll();
      const row = tree.reveal(standup.id);
      expect(tree.row(row)).toMatchObject({ kind: 'document', open: true, document: { id: standup.id } });
    }
    tree.setFilter('gateway');
    expect(tree.reveal(standup.id)).toBe(-1);
    expect(tree.reveal('file:///unknown')).toBe(-1);
  });

  it('locates a document where it stands, opening folders but neither it nor labels', () => {
    tree.setGroupBy('folder');
    tree.collapseAll();
    expect(tree.row(tree.locate(standup.id))).toMatchObject({ kind: 'document', open: false });
    tree.setGroupBy('label');
    expect(tree.locate(standup.id)).toBe(-1);
    tree.setOpen(rowOf('neutral'), true);
    expect(tree.row(tree.locate(standup.id))).toMatchObject({ kind: 'document', tag: { label: 3 } });
    tree.setGroupBy('file');
    tree.setFilter('gateway');
    expect(tree.locate(standup.id)).toBe(-1);
    expect(tree.locate('file:///unknown')).toBe(-1);
  });

  it('collapses all, and opens siblings', () => {
    tree.setGroupBy('folder');
    tree.collapseAll();
    expect(tree.length).toBe(3);
    tree.openSiblings(0);
    expect(tree.length).toBe(7);
    tree.openSiblings(rowOf('core.bin'));
    expect(drawn(tree).slice(0, 5)).toEqual([
      '▾ logs (2)',
      '  ▾ logs/core.bin',
      '    · skipped',
      '  ▾ logs/gateway.log',
      '    · loading',
    ]);
  });
});

describe('patches', () => {
  it('keeps names of rows valid over changes, regrouping and reset', () => {
    tree.putDocuments([standup, gateway], true);
    tree.setOpen(1, true);
    tree.setDetails(standup.id, scoresOf(standup));
    const index = rowOf('hiring');
    const name = tree.nameOf(index)!;
    tree.putDocuments([doc('a.md'), doc('zz.md')], false);
    expect(tree.find(name)).toBe(index + 1);
    tree.putDocuments([standup, gateway], true);
    expect(tree.row(tree.find(name))).toMatchObject({ kind: 'document', open: true });
    tree.removeDocuments([standup.id]);
    expect(tree.find(name)).toBe(-1);
    expect(drawn(tree)).toEqual(['▸ logs/gateway.log']);
  });

  it('restores what was open before the documents are there', () => {
    const again = new TagTree();
    tree.putDocuments([standup], true);
    tree.setOpen(0, true);
    again.expansion.restore(tree.expansion.save(10));
    again.putDocuments([standup, gateway], true);
    expect(drawn(again)).toEqual(['▸ logs/gateway.log', '▾ notes/standup.md', '  · loading']);
  });

  it('is the same tree whichever way the documents came', () => {
    const someDocument = fc
      .record({
        number: fc.nat(30),
        folder: fc.constantFrom('', 'a/', 'a/b/', 'c/'),
        tags: fc.uniqueArray(fc.tuple(fc.nat(5), fc.integer({ min: 50, max: 99 })), {
          selector: ([one]) => one,
          maxLength: 3,
        }),
        skipped: fc.boolean(),
        taggedMs: fc.nat(3),
      })
      .map(({ number, folder, tags, skipped, taggedMs }) =>
        doc(
          `${folder}${number}.md`,
          skipped ? [] : tags.map(([one, score]) => [one, score / 100] as const),
          skipped ? { skipped: 'x', taggedMs } : { taggedMs },
        ),
      );
    fc.assert(
      fc.property(
        fc.array(fc.array(someDocument, { maxLength: 8 }), { maxLength: 8 }),
        fc.array(fc.nat(30), { maxLength: 5 }),
        fc.constantFrom<GroupBy>('file', 'folder', 'label'),
        fc.constantFrom('', 'a', '@label:topic', '@score:.8', '@skipped'),
        fc.constantFrom<SortBy>('default', 'name', 'score', 'newest'),
        (batches, removed, by, filter, sort) => {
          const patched = new TagTree();
          patched.setLabels(labels, exclusive);
          patched.setGroupBy(by);
          patched.setSortBy(sort);
          patched.setFilter(filter);
          const last = new Map<string, ReturnType<typeof doc>>();
          for (const batch of batches) {
            patched.putDocuments(batch, false);
            for (const one of batch) last.set(one.id, one);
          }
          const ids = [...last.keys()].filter((_, index) => removed.includes(index));
          patched.removeDocuments(ids);
          ids.forEach((id) => last.delete(id));
          const fresh = new TagTree();
          fresh.setLabels(labels, exclusive);
          fresh.putDocuments([...last.values()], true);
          fresh.setGroupBy(by);
          fresh.setSortBy(sort);
          fresh.setFilter(filter);
          for (const one of [patched, fresh]) {
            for (let index = 0; index < one.length; index++)
              if (one.row(index).kind !== 'document') one.setOpen(index, true);
          }
          expect(drawn(patched)).toEqual(drawn(fresh));
        },
      ),
    );
  });
});

describe('100,000 documents', () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    doc(`folder${index % 500}/file${index}.md`, [
      [index % 5, 0.5 + (index % 50) / 100],
      [5, 0.7 + (index % 30) / 100],
    ]),
  );

  it('loads in chunks, groups, filters, opens and patches', () => {
    for (let start = 0; start < many.length; start += 5000)
      tree.putDocuments(many.slice(start, start + 5000), start === 0);
    expect(tree.length).toBe(100_000);
    for (const text of ['f', 'fi', 'fil', 'file7', 'file77']) tree.setFilter(text);
    expect(tree.length).toBe(many.filter((one) => one.title.includes('file77')).length);
    tree.setFilter('');
    tree.setOpen(99_999, true);
    expect(tree.length).toBe(100_001);
    expect(tree.parentOf(100_000)).toBe(99_999);
    for (let index = 0; index < 100; index++) tree.putDocuments([doc(`folder0/new${index}.md`)], false);
    expect(tree.row(tree.reveal('file:///folder0/new42.md'))).toMatchObject({ kind: 'document' });
    tree.setGroupBy('folder');
    expect(tree.row(0)).toMatchObject({ kind: 'folder', name: 'folder0', documents: 300 });
    tree.setGroupBy('label');
    expect(tree.row(rowOf('urgent'))).toMatchObject({ documents: 100_000, siblings: 4 });
    expect(tree.openSiblings(rowOf('urgent'))).toBe(0);
    expect(tree.length).toBeGreaterThan(100_000);
  });

  it('refuses to open them all at once, and says how many they are', () => {
    tree.putDocuments(many, true);
    expect(tree.openSiblings(0)).toBe(100_000);
    expect(tree.length).toBe(100_000);
  });
});
