// Files in parts through a run, the index and the disk: each part a document, followed through its file.
import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { fileSpan } from '../../../src/core/excerpt';
import { checkDisk } from '../../../src/workspace/disk/checkDisk';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { namedRule, splitRules } from '../../../src/workspace/split/splitRule';
import type { TagStore } from '../../../src/workspace/store/tagStore';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import type { ReadOptions } from '../../../src/workspace/types';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore } from './runHelpers';
import { TempFolder } from './tempFolder';

const task = taskIdentity(labelSet(), null);
const rows = 'id,text\n1,"first ""one"""\n2,second\n3,third\n';
const read: ReadOptions = { splitOf: splitRules([namedRule('csv: text')]) };

async function tagged(content: Record<string, string> = { 'a.csv': rows, 'b.md': 'whole' }) {
  const folder = await TempFolder.create(content);
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier(), { read }).start();
  return { folder, store };
}

/** What has tags, by its place: stale or not. */
async function documents(folder: TempFolder, store: TagStore) {
  const found: Record<string, string> = {};
  for await (const batch of store.documents(task, modelHash))
    for (const { uri, part = '', stale } of batch)
      found[uri.slice(folder.uri.length + 1)] = stale ? `${part} (stale)` : part;
  return found;
}

async function check(folder: TempFolder, store: TagStore, options = read) {
  const records = store.diskRecords(task);
  const find = { roots: [{ uri: folder.uri, name: 'work' }], include: [], exclude: ['.index'] };
  const total = { touched: [] as string[], gone: [] as string[], added: [] as string[] };
  const found = checkDisk(new NodeFileTree(), records, { find, read: options, covered: records.covered() });
  for await (const findings of found)
    for (const kind of ['touched', 'gone', 'added'] as const)
      total[kind].push(...findings[kind].map((uri) => uri.slice(folder.uri.length + 1)));
  return total;
}

const nothing = { touched: [], gone: [], added: [] };
const allRows = { 'a.csv#row-2': 'row 2', 'a.csv#row-3': 'row 3', 'a.csv#row-4': 'row 4', 'b.md': '' };

it('keeps each part as a document, with evidence that points into the file', async () => {
  const { folder, store } = await tagged();
  expect(await documents(folder, store)).toEqual(allRows);
  const details = store.details(`${folder.uriOf('a.csv')}#row-2`, task, modelHash);
  expect(details).toMatchObject({ path: 'a.csv', part: 'row 2' });
  const { start, end } = fileSpan(details?.runs ?? [], { start: 0, end: details?.evidence[1] ?? 0 });
  expect(rows.slice(start, end)).toBe('first ""one"');
});

it('reads an unchanged file no more, and of a changed one classifies only what changed', async () => {
  const { folder, store } = await tagged();
  const again = new FakeClassifier();
  const stats = await newRun(folder, store, again, { read }).start();
  expect([stats.classified, stats.reused, again.isPrepared]).toEqual([0, 4, false]);
  await folder.write('a.csv', rows.replace('second', 'another'));
  const changed = new FakeClassifier();
  await newRun(folder, store, changed, { read }).start();
  expect(changed.classified.map((uri) => uri.slice(folder.uri.length + 1))).toEqual(['a.csv#row-3']);
});

it('takes parts that are gone out of the index, and counts them in the progress', async () => {
  const { folder, store } = await tagged();
  await folder.write('a.csv', rows.replace('3,third\n', ''));
  const removed: string[] = [];
  const run = newRun(folder, store, new FakeClassifier(), { read, onRemoved: (uris) => removed.push(...uris) });
  await run.start();
  expect(removed.map((uri) => uri.slice(folder.uri.length + 1))).toEqual(['a.csv#row-4']);
  expect(run.progress.done).toBe(run.progress.total);
});

it('reads the file again where the index lost a part of it', async () => {
  const { folder, store } = await tagged();
  store.removeDocuments(`${folder.uriOf('a.csv')}#row-3`);
  const stats = await newRun(folder, store, new FakeClassifier(), { read }).start();
  expect([stats.classified, stats.reused]).toEqual([0, 4]);
  expect(await documents(folder, store)).toEqual(allRows);
});

it('follows a rule that comes and goes', async () => {
  const folder = await TempFolder.create({ 'a.csv': rows, 'b.md': 'whole' });
  const store = await openStore(folder);
  const removed: string[] = [];
  const onRemoved = (uris: readonly string[]) => removed.push(...uris.map((uri) => uri.slice(folder.uri.length + 1)));
  await newRun(folder, store, new FakeClassifier(), { onRemoved }).start();
  expect(await documents(folder, store)).toEqual({ 'a.csv': '', 'b.md': '' });
  expect((await check(folder, store)).touched).toEqual(['a.csv']);
  await newRun(folder, store, new FakeClassifier(), { read, onRemoved }).start();
  expect(await documents(folder, store)).toEqual(allRows);
  expect(removed).toEqual(['a.csv']);
  expect((await check(folder, store, {})).touched.sort()).toEqual(['a.csv#row-2', 'a.csv#row-3', 'a.csv#row-4']);
  await newRun(folder, store, new FakeClassifier(), { onRemoved }).start();
  expect(await documents(folder, store)).toEqual({ 'a.csv': '', 'b.md': '' });
});

it('skips a file once that its rule does not fit', async () => {
  const folder = await TempFolder.create({ 'a.csv': 'a,b\n1,2\n' });
  const store = await openStore(folder);
  const skips: string[] = [];
  await newRun(folder, store, new FakeClassifier(), {
    read,
    onSkips: (found) => skips.push(...found.filter(({ path }) => path === 'a.csv').map(({ detail }) => detail)),
  }).start();
  expect(skips).toEqual(['“csv: text”: its first row has no column “text”. Name one that is there']);
  expect(await check(folder, store)).toEqual(nothing);
});

it('compares parts with the disk through their file', async () => {
  const { folder, store } = await tagged();
  expect(await check(folder, store)).toEqual(nothing);
  await folder.write('a.csv', `${rows.replace('second', 'changed').replace('3,third\n', '')}\n4,\n5,fifth\n`);
  const found = await check(folder, store);
  expect(found.added).toEqual(['a.csv#row-5']);
  expect(found.gone).toEqual(['a.csv#row-4']);
  expect(await documents(folder, store)).toEqual({
    'a.csv#row-2': 'row 2',
    'a.csv#row-3': 'row 3 (stale)',
    'b.md': '',
  });
  // What is new is still new in the next window.
  expect((await check(folder, store)).added).toEqual(['a.csv#row-5']);
  await folder.write('a.csv', rows);
  await check(folder, store);
  expect((await documents(folder, store))['a.csv#row-3']).toBe('row 3');
  await rm(folder.at('a.csv'));
  expect((await check(folder, store)).gone.sort()).toEqual(['a.csv', 'a.csv#row-2', 'a.csv#row-3']);
  expect(await documents(folder, store)).toEqual({ 'b.md': '' });
});

it('moves and deletes parts with their file', async () => {
  const { folder, store } = await tagged();
  const place = (path: string) => ({ uri: folder.uriOf(path), root: 'work', path });
  store.moveDocuments(place('a.csv'), place('c.csv'));
  expect(Object.keys(await documents(folder, store)).sort()).toEqual([
    'b.md',
    'c.csv#row-2',
    'c.csv#row-3',
    'c.csv#row-4',
  ]);
  expect(store.removeDocuments(folder.uriOf('c.csv'))).toHaveLength(4);
  expect(await documents(folder, store)).toEqual({ 'b.md': '' });
});

it('takes no part for new that the model refused', async () => {
  const folder = await TempFolder.create({ 'a.csv': 'text\nbad\n', 'b.csv': 'text\ngood\nbad\n' });
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier({ failing: (text) => text === 'bad' }), { read }).start();
  expect(await check(folder, store)).toEqual(nothing);
  await folder.write('b.csv', 'text\ngood\nbad\nnew\n');
  const changed = ['b.csv', 'b.csv#row-2'];
  expect(await check(folder, store)).toEqual({ ...nothing, touched: changed, added: ['b.csv#row-4'] });
  // The whole file was never refused.
  expect((await check(folder, store, {})).added).toEqual(['a.csv', 'b.csv']);
});
