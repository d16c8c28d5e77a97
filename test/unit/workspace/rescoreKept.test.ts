// Other labels over an index: every document whose vectors are kept has the scores that reading it again would give.
import { expect, it } from 'vitest';
import { rescoreKept } from '../../../src/workspace/run/rescoreKept';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import type { TagStore } from '../../../src/workspace/store/tagStore';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const other = labelSet(['praise', 'complaint']);
const files = {
  'a.md': 'one text',
  'b.md': 'another text',
  'copy.md': 'one text',
  'notes/c.md': 'a third',
  'x.bin': '\0\0',
};

async function tagged() {
  const folder = await TempFolder.create(files);
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  return { folder, store, classifier };
}

const all = { set: other, chunkTokens: null, wanted: () => true };

async function skips(store: TagStore, set = other): Promise<string[]> {
  const found: string[] = [];
  for await (const batch of store.skips(taskIdentity(set, null))) found.push(...batch.map(({ path }) => path));
  return found;
}

it('gives what a run would give, and reads nothing', async () => {
  const { folder, store, classifier } = await tagged();
  const read = classifier.classified.length;
  const before = taskIdentity(labelSet(), null);
  expect(await rescoreKept(store, classifier, { ...all, before })).toBe(4);
  expect(classifier.classified).toHaveLength(read);
  const rescored = await shown(store, other);
  expect(store.taggedOtherwise(taskIdentity(other, null))).toBe(0);
  expect(await skips(store)).toEqual(await skips(store, labelSet()));
  expect((await skips(store)).length).toBeGreaterThan(0);

  const fresh = new FakeClassifier();
  const elsewhere = await openStore(await TempFolder.create({}));
  await newRun(folder, elsewhere, fresh, { set: other }).start();
  expect(rescored).toEqual(await shown(elsewhere, other));
  // And the run after it has nothing to do.
  const { reused } = await newRun(folder, store, classifier, { set: other }).start();
  expect([reused, classifier.classified.length]).toEqual([4, read]);
});

it('takes the documents that the globs take', async () => {
  const { store, classifier } = await tagged();
  await rescoreKept(store, classifier, { ...all, wanted: ({ path }) => path.startsWith('notes/') });
  expect(Object.keys(await shown(store, other))).toEqual(['notes/c.md']);
});

it('shows a document at once whose text has scores already, though nothing is to be computed', async () => {
  const { folder, store, classifier } = await tagged();
  await newRun(folder, store, classifier, { set: other, find: { include: ['a.md'] } }).start();
  const computed = classifier.rescored.length;
  // The copy has the same text: its scores are there, it is only not shown with them yet.
  const wanted = ({ path }: { path: string }) => path === 'copy.md';
  expect(await rescoreKept(store, classifier, { ...all, wanted })).toBe(1);
  expect(classifier.rescored.length).toBe(computed);
  expect(Object.keys(await shown(store, other)).sort()).toEqual(['a.md', 'copy.md']);
});

it('shows a changed document as stale, with the scores of its text before', async () => {
  const { store, classifier, folder } = await tagged();
  const { uri } = (await firstDocument(store)) ?? { uri: '' };
  store.markSaved(uri, 'ab'.repeat(32), { reading: '', runs: [], given: [] });
  await rescoreKept(store, classifier, all);
  const rows = await shown(store, other);
  expect(
    Object.values(rows)
      .map(({ stale }) => stale)
      .filter(Boolean),
  ).toHaveLength(1);
  expect(Object.keys(rows)).toHaveLength(4);
  expect(folder.uri).not.toBe('');
});

it('leaves alone what has no vectors, for a run to read', async () => {
  const { store, classifier } = await tagged();
  expect(await rescoreKept(store, classifier, { ...all, chunkTokens: 64 })).toBe(0);
  const without = new FakeClassifier({
    description: { capabilities: { examples: 'native', prompt: 'native', keepsVectors: false } },
  });
  expect(await rescoreKept(store, without, all)).toBe(0);
  expect(await shown(store, other)).toEqual({});
});

it('stops when asked to, and keeps what it has', async () => {
  const { store, classifier } = await tagged();
  const abort = new AbortController();
  abort.abort();
  await expect(rescoreKept(store, classifier, { ...all, signal: abort.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

it('asks with one task, however many documents there are, so that its labels are asked for once', async () => {
  const files = Array.from({ length: 300 }, (_, n) => [`${n}.md`, `text ${n}`] as const);
  const folder = await TempFolder.create(Object.fromEntries(files));
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  const before = classifier.tasks.length;
  const told: number[] = [];
  expect(await rescoreKept(store, classifier, { ...all, onProgress: (done) => told.push(done) })).toBe(300);
  expect(store.counts(taskIdentity(other, null)).documents).toBe(300);
  expect(told).toEqual([128, 256, 300]);
  const tasks = classifier.tasks.slice(before);
  expect([tasks.length, new Set(tasks).size]).toEqual([3, 1]);
});

async function firstDocument(store: TagStore) {
  for await (const [document] of store.documents(taskIdentity(labelSet(), null), null)) return document;
  return undefined;
}
