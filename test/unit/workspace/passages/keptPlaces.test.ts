// Which text's vectors stand for a document that several label sets have tagged, at different times.
import { expect, it } from 'vitest';
import { sha256 } from '../../../../src/workspace/read/sha256';
import { taskIdentity } from '../../../../src/workspace/store/taskIdentity';
import type { TagStore } from '../../../../src/workspace/store/tagStore';
import { FakeClassifier } from '../../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore } from '../runHelpers';
import { TempFolder } from '../tempFolder';

const set = labelSet();

async function texts(store: TagStore, model = modelHash) {
  const found: [string, string | null][] = [];
  for await (const batch of store.keptPlaces(taskIdentity(set, null), model))
    found.push(...batch.map(({ path, kept }): [string, string | null] => [path, kept?.textHash ?? null]));
  return found;
}

it('takes the text that was seen last, and while that is not known the one that tags are shown of', async () => {
  const folder = await TempFolder.create({ 'a.md': 'the old text' });
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier).start();
  await newRun(folder, store, classifier, { set: labelSet(['other']) }).start();
  await folder.write('a.md', 'the new text');
  await newRun(folder, store, classifier).start();
  expect(await texts(store)).toEqual([['a.md', sha256('the new text')]]);
  store.markSaved(folder.uriOf('a.md'), 'ab'.repeat(32), { reading: '', runs: [], given: [] });
  expect(await texts(store)).toEqual([['a.md', sha256('the old text')]]);
});

it('gives documents without vectors too: of another model, or under another prompt', async () => {
  const folder = await TempFolder.create({ 'a.md': 'one', 'b.md': 'two' });
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier(), { find: { include: ['a.md'] } }).start();
  await newRun(folder, store, new FakeClassifier(), {
    set: labelSet(['other'], { prompt: 'Read closely' }),
    find: { include: ['b.md'] },
  }).start();
  expect(await texts(store)).toEqual([
    ['a.md', sha256('one')],
    ['b.md', null],
  ]);
  expect(await texts(store, 'another')).toEqual([
    ['a.md', null],
    ['b.md', null],
  ]);
});
