// Runs over chosen files of a folder: they alone are looked at, and what the index has of others stays.
import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ChosenFiles } from '../../../src/workspace/find/chosenFiles';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { namedRule, splitRules } from '../../../src/workspace/split/splitRule';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

/** Notes which folders are listed. */
class ListedTree extends NodeFileTree {
  readonly listed: string[] = [];

  override readDirectory(uri: string) {
    this.listed.push(uri);
    return super.readDirectory(uri);
  }
}

it('takes them alone, forgets those that are gone, and leaves the others as they are', async () => {
  const folder = await TempFolder.create({
    'a/one.md': 'one',
    'a/two.md': 'two',
    'b/three.md': 'three',
    'gone.md': 'gone',
    'kept.md': 'kept',
    '.glitagignore': 'out\n',
    'out/four.md': 'four',
  });
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier()).start();
  await folder.write('a/one.md', 'one, changed');
  await folder.write('b/three.md', 'three, changed as well');
  await folder.write('a/new.md', 'new');
  await rm(folder.at('gone.md'));
  await rm(folder.at('kept.md'));

  const tree = new ListedTree();
  const names = ['a/one.md', 'a/new.md', 'gone.md', 'out/four.md'];
  const only = new ChosenFiles(names.map((name) => folder.uriOf(name)));
  const classifier = new FakeClassifier();
  const run = newRun(folder, store, classifier, { tree, find: { only } });
  const stats = await run.start();
  expect(classifier.classified.sort()).toEqual([folder.uriOf('a/new.md'), folder.uriOf('a/one.md')]);
  expect([...new Set(tree.listed)].sort()).toEqual([folder.uri, folder.uriOf('a')]);
  expect(stats).toMatchObject({ removed: 1, skipped: 1 });
  expect(
    Object.keys(await shown(store))
      .sort()
      .slice(1),
  ).toEqual(['a/new.md', 'a/one.md', 'a/two.md', 'b/three.md', 'kept.md']);
  expect(run.progress.done).toBe(run.progress.total);
});

it('takes all parts of a chosen file, and removes those that went', async () => {
  const folder = await TempFolder.create({ 'a.csv': 'text\none\ntwo\n', 'b.csv': 'text\nthree\nfour\n' });
  const store = await openStore(folder);
  const read = { splitOf: splitRules([namedRule('csv: text')]) };
  await newRun(folder, store, new FakeClassifier(), { read }).start();
  await folder.write('a.csv', 'text\none more\n');
  await folder.write('b.csv', 'text\nfive\n');
  const only = new ChosenFiles([folder.uriOf('a.csv')]);
  const classifier = new FakeClassifier();
  await newRun(folder, store, classifier, { read, find: { only } }).start();
  expect(classifier.classified).toEqual([`${folder.uriOf('a.csv')}#row-2`]);
  const uris: string[] = [];
  for await (const batch of store.documents(taskIdentity(labelSet(), null), null))
    uris.push(...batch.map(({ uri }) => uri));
  expect(uris.sort()).toEqual([
    `${folder.uriOf('a.csv')}#row-2`,
    `${folder.uriOf('b.csv')}#row-2`,
    `${folder.uriOf('b.csv')}#row-3`,
  ]);
});

it('is no run through the folder: what else is in it stays unknown', async () => {
  const folder = await TempFolder.create({ 'a.md': 'one', 'b.md': 'two' });
  const store = await openStore(folder);
  const find = { only: new ChosenFiles([folder.uriOf('a.md')]) };
  const records = store.diskRecords(taskIdentity(labelSet(), null));
  await newRun(folder, store, new FakeClassifier(), { find }).start();
  expect(records.covered()).toEqual([]);
  await newRun(folder, store, new FakeClassifier()).start();
  expect(records.covered()).toHaveLength(1);
});
