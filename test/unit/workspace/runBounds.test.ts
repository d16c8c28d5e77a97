// What a run leaves alone, and what it tells: the edges that a change of the run's order or batches would move.
import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import type { Skip } from '../../../src/workspace/types';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

function files(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n % 7}/${n}.md`, `text ${n}`]));
}

it('leaves a folder alone whose name only begins like that of the one it goes through', async () => {
  const folder = await TempFolder.create({ 'a/1.md': 'one', 'a0/2.md': 'two', 'ab/3.md': 'three', 'a.md': 'four' });
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  const part = { roots: [{ uri: folder.uri, name: 'work', start: 'a' }] };
  expect(await newRun(folder, store, classifier, { find: part }).start()).toMatchObject({ removed: 0, reused: 1 });
  expect(Object.keys(await shown(store)).sort()).toEqual(['a.md', 'a/1.md', 'a0/2.md', 'ab/3.md']);
});

it('takes nothing out of the index of a folder that cannot be listed', async () => {
  const folder = await TempFolder.create({ 'a/1.md': 'one', 'a/none.md': ' ', 'b/2.md': 'two' });
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  class Away extends NodeFileTree {
    override readDirectory(uri: string) {
      const refused = Object.assign(new Error('refused'), { code: 'EACCES' });
      return uri === folder.uriOf('a') ? Promise.reject(refused) : super.readDirectory(uri);
    }
  }
  const away = newRun(folder, store, classifier, { tree: new Away() });
  expect(await away.start()).toMatchObject({ removed: 0, reused: 1 });
  expect(Object.keys(await shown(store))).toEqual(['a/1.md', 'b/2.md']);
  const skips = [];
  for await (const batch of store.skips(taskIdentity(labelSet(), null))) skips.push(...batch.map(({ path }) => path));
  expect(skips.sort()).toEqual(['.index', 'a', 'a/none.md']);
});

it('tells of documents with new labels, of those that failed, and of many in portions', async () => {
  const folder = await TempFolder.create(files(300));
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  const told: number[] = [];
  const onDocuments = (documents: readonly unknown[]) => told.push(documents.length);
  const set = labelSet(['one', 'two']);
  expect(await newRun(folder, store, classifier, { set, onDocuments }).start()).toMatchObject({ relabelled: 300 });
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(300);
  told.length = 0;
  const moved = await TempFolder.create(files(300));
  await newRun(moved, store, classifier, { onDocuments }).start();
  expect(told.reduce((sum, count) => sum + count, 0)).toBe(300);
  expect(Math.max(...told)).toBeLessThanOrEqual(128);
  const skips: Skip[] = [];
  await folder.write('bad.md', 'bad');
  const failing = new FakeClassifier({ failing: (text) => text === 'bad' });
  await newRun(folder, store, failing, { onSkips: (all) => skips.push(...all) }).start();
  expect(skips.filter(({ path }) => path === 'bad.md')).toMatchObject([{ reason: 'failed', code: 'inference-failed' }]);
});

it.each(['document-too-large', 'document-unreadable', 'input-invalid'] as const)(
  'asks the model no second time for a text that it refused as %s',
  async (code) => {
    const folder = await TempFolder.create({ 'a.md': 'refused', 'b.md': 'fine' });
    const store = await openStore(folder);
    class Refusing extends FakeClassifier {
      override async classify(...args: Parameters<FakeClassifier['classify']>) {
        const outcomes = await super.classify(...args);
        return outcomes.map((outcome) => (outcome.ok ? outcome : { ...outcome, code }));
      }
    }
    const classifier = new Refusing({ failing: (text) => text === 'refused' });
    await newRun(folder, store, classifier).start();
    const asked = classifier.classified.length;
    // As for a document that crashes the model, one session says little; the second one settles it.
    const later = await openStore(folder, { session: 'a later one' });
    for (let time = 0; time < 2; time++)
      expect(await newRun(folder, later, classifier).start()).toMatchObject({ reused: 1, failed: 1 });
    expect(classifier.classified.length).toBeLessThanOrEqual(asked + 1);
  },
);

it('loses no copy that comes while its text is at the model', async () => {
  const folder = await TempFolder.create({ 'a.md': 'same', 'b.md': 'same', 'c.md': 'other', 'd.md': 'same' });
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  expect(await newRun(folder, store, classifier).start()).toMatchObject({ classified: 2, reused: 2 });
  expect(Object.keys(await shown(store)).sort()).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
});

it('sends long texts in small batches, so that tags show soon and a kill loses little', async () => {
  const long = (n: number) => `Text ${n}. ${'Nothing of note was said. '.repeat(2400)}`;
  const folder = await TempFolder.create(Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`${n}.md`, long(n)])));
  const classifier = new FakeClassifier();
  await newRun(folder, await openStore(folder), classifier).start();
  // Two of 62,000 characters each are more than the 96,000 of a batch.
  expect(classifier.tasks).toHaveLength(3);
});

it('lets the signal go when it is over', async () => {
  const folder = await TempFolder.create({ 'a.md': 'one' });
  const { signal } = new AbortController();
  await newRun(folder, await openStore(folder), new FakeClassifier(), { signal }).start();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
