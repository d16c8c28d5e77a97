// A task that another has taken the place of leaves nothing in the index; what others keep stays.
import { expect, it } from 'vitest';
import { rescoreKept } from '../../../src/workspace/run/rescoreKept';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const files = { 'a.md': 'one text', 'b.md': 'another text', 'x.bin': '\0\0' };
const other = labelSet(['praise', 'complaint']);
const [first, second] = [taskIdentity(labelSet(), null), taskIdentity(other, null)];

async function taggedTwice() {
  const folder = await TempFolder.create(files);
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  const all = { set: other, chunkTokens: null, wanted: () => true };
  await rescoreKept(store, classifier, { ...all, before: first });
  return { folder, store, classifier, all };
}

it('removes its rows, and leaves those of the other', async () => {
  const { folder, store } = await taggedTwice();
  const rows = await shown(store, other);
  await store.supersede(first, second);
  expect(store.counts(first)).toEqual({ documents: 0, skips: 0 });
  expect(await shown(store, other)).toEqual(rows);
  expect(store.counts(second).skips).toBeGreaterThan(0);
  // The run is the other's now: the folder that it went through, and that it came to its end.
  expect(store.diskRecords(second).covered()).toEqual([{ uri: folder.uri, start: '' }]);
  await store.sweep();
  expect(await shown(store, other)).toEqual(rows);
});

it('gives the same scores when it comes back', async () => {
  const { store, classifier } = await taggedTwice();
  const rows = await shown(store);
  await store.supersede(first, second);
  expect(await shown(store)).toEqual({});
  await rescoreKept(store, classifier, { set: labelSet(), chunkTokens: null, wanted: () => true });
  expect(await shown(store)).toEqual(rows);
});

it('lets whoever writes under it go on', async () => {
  const { store } = await taggedTwice();
  const writer = store.writer(first, { hash: modelHash, name: 'fake' });
  await store.supersede(first, second);
  expect(writer.begin(null)).toBeGreaterThan(0);
});

it('gives a text as it was read last, with the vectors of one model', async () => {
  const { store } = await taggedTwice();
  const [document] = await store
    .documents(second, null)
    .next()
    .then(({ value }) => value ?? []);
  const uri = document?.uri ?? '';
  const kept = store.keptText(uri, second, modelHash);
  expect(kept?.hash).toBe(store.details(uri, second, null)?.contentHash);
  expect([store.textHash(uri), store.textHash('file:///nowhere')]).toEqual([kept?.hash, null]);
  expect(kept?.vectors).toEqual(store.vectors(uri, second, null)?.vectors);
  expect(store.keptText(uri, second, 'another model')).toBeNull();
  expect(store.keptText('file:///nowhere', second, modelHash)).toBeNull();
});
