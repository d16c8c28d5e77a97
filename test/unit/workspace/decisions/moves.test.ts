// Decisions follow their documents and labels.
import { expect, it, onTestFinished } from 'vitest';
import { conflictsOf } from '../../../../src/core/review/mergeDecisions';
import { acceptStep, rejectStep } from '../../../../src/core/review/steps';
import type { TagTarget } from '../../../../src/core/review/steps';
import type { Decision, DocumentKey } from '../../../../src/core/review/decision';
import { adoptDecisions, followParts } from '../../../../src/workspace/decisions/adoptDecisions';
import { DecisionStore } from '../../../../src/workspace/decisions/decisionStore';
import { TempFolder } from '../tempFolder';

const quote = { start: 3, end: 7, exact: 'text', prefix: 'a, ', suffix: '.' };
const key = (path: string, root = '') => ({ root, path });

async function newStore(): Promise<DecisionStore> {
  const { store } = await DecisionStore.open((await TempFolder.create()).at('decisions.sqlite'));
  onTestFinished(() => {
    store.close();
  });
  return store;
}

function tag(path: string, label = 'bug', more: Partial<TagTarget> = {}): TagTarget {
  return { ...key(path), passage: null, set: 'set', label, textHash: '0a'.repeat(32), ...more };
}

const shown = (store: DecisionStore, path: string, root = '') =>
  store.decisionsOf(key(path, root)).map(({ label, verdict }) => `${label ?? ''} ${verdict}`);

it('files and folders take their decisions and their undo along', async () => {
  const store = await newStore();
  await store.decide(acceptStep([tag('a/x.md'), tag('a/b/y.md', 'bug', { passage: quote }), tag('ab/z.md'), tag('a')]));
  const { revision } = store;
  const moved = await store.moveDocuments(key('a'), key('c/d', 'other'));
  expect(moved.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    key('c/d', 'other'),
    key('c/d/b/y.md', 'other'),
    key('c/d/x.md', 'other'),
  ]);
  expect(store.documentsChangedSince(revision)).toBeNull();
  expect(store.documentsChangedSince(store.revision)).toEqual([]);
  expect([shown(store, 'a/x.md'), shown(store, 'c/d/x.md', 'other'), shown(store, 'ab/z.md')]).toEqual([
    [],
    ['bug accepted'],
    ['bug accepted'],
  ]);
  expect(store.decisionsOf(key('c/d/b/y.md', 'other'))[0]?.passage).toEqual(quote);
  expect(await store.undo()).toMatchObject({ changed: 4, kept: 0 });
  expect(shown(store, 'c/d/x.md', 'other')).toEqual([]);
});

it('a file that is read in parts takes the decisions on its parts along', async () => {
  const store = await newStore();
  await store.decide(acceptStep([tag('a/rows.csv#row-2'), tag('a/rows.csv#row-3'), tag('a/rows.csv.bak')]));
  expect(await store.moveDocuments(key('a/rows.csv'), key('b.csv'))).toHaveLength(2);
  expect(shown(store, 'b.csv#row-3')).toEqual(['bug accepted']);
  expect(shown(store, 'a/rows.csv.bak')).toEqual(['bug accepted']);
  // Over another file with decisions.
  await store.decide(rejectStep([tag('c.csv#row-3'), tag('c.csv#row-4')]));
  expect(await store.moveDocuments(key('b.csv'), key('c.csv'))).toHaveLength(2);
  expect(['2', '3', '4'].map((row) => shown(store, `c.csv#row-${row}`))).toEqual([
    ['bug accepted'],
    ['bug accepted'],
    ['bug rejected'],
  ]);
});

it("a name's own # is no sign of a part: C# is not in C", async () => {
  const store = await newStore();
  await store.decide(
    acceptStep([tag('C/a.md'), tag('C#row-2'), tag('C#'), tag('C#/b.md'), tag('C#.md'), tag('C#row-3-4')]),
  );
  expect(await followParts(store, key('C'), () => new Map([['row-3', '0a'.repeat(32)]]))).toBe(true);
  expect(await store.moveDocuments(key('C'), key('D'))).toHaveLength(2);
  expect(['D/a.md', 'D#row-3', 'C#', 'C#/b.md', 'C#.md', 'C#row-3-4'].map((path) => shown(store, path).length)).toEqual(
    Array<number>(6).fill(1),
  );
});

it('a workspace folder gets another name, and back', async () => {
  const store = await newStore();
  await store.decide(acceptStep([tag('x.md'), tag('a/y.md')]));
  expect(await store.moveDocuments(key(''), key('', 'notes'))).toHaveLength(2);
  expect(shown(store, 'a/y.md', 'notes')).toEqual(['bug accepted']);
  expect(await store.moveDocuments(key('', 'notes'), key('sub'))).toEqual([key('sub/a/y.md'), key('sub/x.md')]);
});

it('a file over another keeps what both say of different labels, and its own where both say something', async () => {
  const store = await newStore();
  await store.decide(acceptStep([tag('to.md', 'bug'), tag('to.md', 'idea')]));
  await store.decide(rejectStep([tag('from.md', 'bug'), tag('from.md', 'thanks', { passage: quote })]));
  await store.moveDocuments(key('from.md'), key('to.md'));
  expect(shown(store, 'to.md')).toEqual(['bug rejected', 'idea accepted', 'thanks rejected']);
  expect(shown(store, 'from.md')).toEqual([]);
});

it('labels are renamed, in what can be undone too', async () => {
  const store = await newStore();
  await store.decide(acceptStep([tag('a.md', 'bugs'), tag('b.md', 'bugs'), tag('b.md', 'bug')]));
  await store.decide(rejectStep([tag('a.md', 'bugs')]));
  expect(await store.renameLabel('other', 'bugs', 'bug')).toBe(0);
  expect(await store.renameLabel('set', 'bugs', 'fault')).toBe(2);
  expect(store.labelsOf('set')).toEqual(new Map(Object.entries({ bug: 1, fault: 2 })));
  await store.undo();
  expect(shown(store, 'a.md')).toEqual(['fault accepted']);
  expect((await store.undo())?.changed).toBe(3);
});

it('finds the documents of a text', async () => {
  const store = await newStore();
  const textHash = 'bb'.repeat(32);
  await store.decide(acceptStep([tag('a.md', 'bug', { textHash }), tag('a.md', 'idea', { textHash }), tag('b.md')]));
  expect(store.documentsOfText(textHash)).toEqual([key('a.md')]);
});

it('a file that was renamed while nobody looked has its decisions again', async () => {
  const store = await newStore();
  const textHash = 'bb'.repeat(32);
  await store.decide(acceptStep([tag('copy.md', 'bug', { textHash }), tag('old.md', 'idea', { textHash })]));
  const isThere = ({ path }: DocumentKey) => Promise.resolve(path !== 'old.md');
  expect(await adoptDecisions(store, key('new.md'), 'cc'.repeat(32), isThere)).toBeNull();
  expect(await adoptDecisions(store, key('copy.md'), textHash, isThere)).toBeNull();
  expect(await adoptDecisions(store, key('new.md'), textHash, isThere)).toEqual(key('old.md'));
  expect([shown(store, 'new.md'), shown(store, 'old.md')]).toEqual([['idea accepted'], []]);
  expect(await adoptDecisions(store, key('newer.md'), textHash, isThere)).toBeNull();
});

it('the same passage at another place in its document is the same', async () => {
  const store = await newStore();
  await store.decide(acceptStep([tag('a.md', 'bug', { passage: quote })]));
  await store.decide(rejectStep([tag('a.md', 'bug', { passage: { ...quote, start: 10, end: 14 } })]));
  expect(store.decisionsOf(key('a.md'))).toMatchObject([{ verdict: 'rejected', passage: { start: 10, end: 14 } }]);
});

it('brings in decisions of others, and what they differ on until somebody decides again', async () => {
  const store = await newStore();
  const theirs = { ...tag('a.md'), textHash: 'cc'.repeat(32), decidedMs: 1, by: 'Ann' };
  await store.decide(acceptStep([tag('a.md')]));
  expect((await store.merge([{ ...theirs, verdict: 'rejected' }])).changed).toBe(1);
  expect((await store.merge([{ ...theirs, verdict: 'rejected' }])).changed).toBe(0);
  expect(shown(store, 'a.md')).toEqual(['bug accepted', 'bug rejected']);
  expect(conflictsOf(store.decisionsOf(key('a.md')))).toMatchObject([
    { key: { path: 'a.md', label: 'bug' }, verdicts: [{ verdict: 'rejected', by: 'Ann' }, { verdict: 'accepted' }] },
  ]);
  await store.decide(rejectStep([tag('a.md')]));
  expect(conflictsOf(store.decisionsOf(key('a.md')))).toEqual([]);
  expect(shown(store, 'a.md')).toEqual(['bug rejected']);
  // Their old decision comes back with the next merge of their file: it was seen.
  expect((await store.merge([{ ...theirs, verdict: 'rejected' }])).changed).toBe(0);
  await store.undo();
  expect(shown(store, 'a.md')).toEqual(['bug accepted', 'bug rejected']);
  expect(
    (await store.merge([{ ...theirs, verdict: 'added', decidedMs: 2 }], { action: 'import', count: 1 })).changed,
  ).toBe(1);
  await store.undo();
  expect(shown(store, 'a.md')).toEqual(['bug accepted', 'bug rejected']);
});

it("what others took back in the file of the team goes here too, unless it was decided again or is one's own", async () => {
  const { store } = await DecisionStore.open((await TempFolder.create()).at('decisions.sqlite'), { by: 'Ann' });
  onTestFinished(() => {
    store.close();
  });
  const nobodys: Decision = { ...tag('nobody.md'), verdict: 'accepted', decidedMs: 1 };
  const before = [line('a.md'), line('b.md'), line('own.md', 'accepted', 1, 'Ann'), nobodys];
  await store.mergeFile(before, []);
  await store.merge([line('b.md', 'rejected', 5)]);
  const applied = await store.mergeFile([line('d.md')], before);
  expect(applied).toMatchObject({ changed: 2, documents: [key('a.md'), key('d.md')] });
  expect(['a.md', 'b.md', 'd.md', 'own.md', 'nobody.md'].map((path) => shown(store, path).join())).toEqual([
    '',
    'bug rejected',
    'bug accepted',
    'bug accepted',
    'bug accepted',
  ]);
});

const line = (path: string, verdict: 'accepted' | 'rejected' = 'accepted', decidedMs = 1, by = 'Ben') => ({
  ...{ ...key(path), passage: null, set: 'set', label: 'bug', textHash: 'cc'.repeat(32) },
  ...{ verdict, decidedMs, by },
});

it('decisions on parts of a file change places with their texts, and so does what can be undone', async () => {
  const store = await newStore();
  const hash = (digit: string) => digit.repeat(64);
  const part = (row: number, digit: string) => tag(`rows.csv#row-${row}`, `of ${digit}`, { textHash: hash(digit) });
  await store.decide(acceptStep([part(2, 'a'), tag('other.csv#row-2', 'other')]));
  await store.decide(rejectStep([part(3, 'b')]));
  const now = (...digits: readonly string[]) => new Map(digits.map((digit, at) => [`row-${at + 2}`, hash(digit)]));
  expect(await followParts(store, key('rows.csv'), () => now('a', 'b'))).toBe(false);
  const { revision } = store;
  expect(await followParts(store, key('rows.csv'), () => now('b', 'a'))).toBe(true);
  expect(store.documentsChangedSince(revision)).toBeNull();
  expect([2, 3, 4].map((row) => shown(store, `rows.csv#row-${row}`))).toEqual([
    ['of b rejected'],
    ['of a accepted'],
    [],
  ]);
  expect(await followParts(store, key('rows.csv'), () => now('new', 'b', 'a'))).toBe(true);
  expect([2, 3, 4].map((row) => shown(store, `rows.csv#row-${row}`))).toEqual([
    [],
    ['of b rejected'],
    ['of a accepted'],
  ]);
  expect(await store.undo()).toMatchObject({ changed: 1, kept: 0 });
  expect(shown(store, 'rows.csv#row-3')).toEqual([]);
  expect(shown(store, 'other.csv#row-2')).toEqual(['other accepted']);
});

it('decisions follow to a part of which all that was decided was taken back', async () => {
  const store = await newStore();
  const [old, moved] = ['aa'.repeat(32), 'bb'.repeat(32)];
  await store.decide(acceptStep([tag('rows.csv#row-2', 'bug', { textHash: moved })]));
  await store.decide(rejectStep([tag('rows.csv#row-3', 'bug', { textHash: old })]));
  await store.undo();
  expect(await followParts(store, key('rows.csv'), () => new Map([['row-3', moved]]))).toBe(true);
  expect(['2', '3'].map((row) => shown(store, `rows.csv#row-${row}`))).toEqual([[], ['bug accepted']]);
  // What was undone there was of another text.
  expect(await store.redo()).toMatchObject({ changed: 0, kept: 1 });
  expect(await store.undo()).toMatchObject({ changed: 0, kept: 1 });
  expect(await store.undo()).toMatchObject({ changed: 1, kept: 0 });
});
