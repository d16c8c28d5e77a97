// Runs over shards of a folder: each file in exactly one, and a run over one leaves what the index has of others.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInShard } from '../../../src/workspace/find/shard';
import { FakeClassifier } from '../../support/fakeClassifier';
import { newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

it('puts each name into exactly one shard', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 500 }), (name, of) => {
      const shards = Array.from({ length: of }, (_, at) => ({ number: at + 1, of }));
      expect(shards.filter((shard) => isInShard(name, shard))).toHaveLength(1);
    }),
  );
});

it('puts a name into the same shard wherever and whenever', () => {
  const names = ['a', 'docs/b.md', 'ü', '17'];
  expect(names.map((name) => [1, 2, 3, 4, 5].find((number) => isInShard(name, { number, of: 5 })))).toEqual([
    1, 4, 1, 4,
  ]);
});

it('covers a folder by its shards, one after the other in one index', async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`d${n % 3}/${n}.md`, `text ${n}`]));
  const folder = await TempFolder.create(files);
  const store = await openStore(folder);
  const read: string[] = [];
  for (let number = 1; number <= 3; number++) {
    const classifier = new FakeClassifier();
    const run = newRun(folder, store, classifier, { shard: { number, of: 3 } });
    await run.start();
    expect(classifier.classified.length).toBeGreaterThan(5);
    expect(run.progress.done).toBe(run.progress.total);
    read.push(...classifier.classified);
  }
  expect(read.sort()).toEqual(
    Object.keys(files)
      .map((name) => folder.uriOf(name))
      .sort(),
  );
  expect(Object.keys(await shown(store)).sort()).toEqual(Object.keys(files).sort());
});
