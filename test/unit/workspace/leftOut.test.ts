// What runs left out stays true: a document is tagged or left out, never both, whatever happens to its file and its labels.
import { mkdir, rename, rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { rescoreKept } from '../../../src/workspace/run/rescoreKept';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import type { TagStore } from '../../../src/workspace/store/tagStore';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const other = labelSet(['praise', 'complaint']);
const failing = (text: string) => text === 'bad';

async function tagged(files: Record<string, string>) {
  const folder = await TempFolder.create(files);
  const store = await openStore(folder);
  const classifier = new FakeClassifier({ failing });
  const run = (set = labelSet()) => newRun(folder, store, classifier, { set }).start();
  return { folder, store, classifier, run };
}

/** What was left out, by path: why, and whether it is a folder. */
async function leftOut(store: TagStore, set = labelSet()) {
  const found: Record<string, string> = {};
  for await (const batch of store.skips(taskIdentity(set, null)))
    for (const { path, reason, folder, root } of batch)
      if (!path.startsWith('.')) found[path] = `${root}: ${reason}${folder ? ' folder' : ''}`;
  return found;
}

const tags = async (store: TagStore, set = labelSet()) =>
  Object.keys(await shown(store, set)).filter((path) => !path.startsWith('.'));

it('knows a file by the rule that left out a folder of that name', async () => {
  const { folder, store, run } = await tagged({ '.gitignore': 'notes', 'notes/a.md': 'a' });
  await run();
  expect(await leftOut(store)).toEqual({ notes: 'work: ignored folder' });
  await rm(folder.at('notes'), { recursive: true });
  await folder.write('notes', 'a file');
  await run();
  expect(await leftOut(store)).toEqual({ notes: 'work: ignored' });
});

it('follows files that are moved: what was at their new place is gone, what they were left out for is theirs', async () => {
  const { folder, store, run } = await tagged({ 'f/empty.md': ' ', 'f/text.md': 'text', 'f/bad.md': 'bad' });
  await run();
  const move = async (from: string, to: string) => {
    await rename(folder.at(from), folder.at(to));
    const place = (path: string) => ({ uri: folder.uriOf(path), root: 'work', path });
    store.moveDocuments(place(from), place(to));
  };
  await move('f/text.md', 'f/empty.md');
  expect([await tags(store), await leftOut(store)]).toEqual([['f/empty.md'], { 'f/bad.md': 'work: failed' }]);
  await folder.write('f/blank.md', ' ');
  await run();
  await mkdir(folder.at('g'));
  await move('f', 'g/h');
  expect([await tags(store), await leftOut(store)]).toEqual([['g/h/empty.md'], { 'g/h/bad.md': 'work: failed' }]);
});

it('lists a document no more that has scores under other labels by now', async () => {
  const { folder, store, classifier, run } = await tagged({ 'a.md': ' ', 'b.md': 'b' });
  await run(other);
  await folder.write('a.md', 'a text');
  await run();
  expect(await leftOut(store, other)).toEqual({ 'a.md': 'work: empty' });
  await rescoreKept(store, classifier, { set: other, chunkTokens: null, wanted: () => true });
  expect([await tags(store, other), await leftOut(store, other)]).toEqual([['b.md', 'a.md'], {}]);
  // What was left out under the labels before does not come with them.
  await folder.write('b.md', ' ');
  await run();
  const before = taskIdentity(labelSet(), null);
  await rescoreKept(store, classifier, { set: other, chunkTokens: null, before, wanted: () => true });
  expect([await tags(store, other), await leftOut(store, other)]).toEqual([['b.md', 'a.md'], {}]);
});
