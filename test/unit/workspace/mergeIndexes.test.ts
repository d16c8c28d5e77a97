// Indexes put together: nothing lost, nothing twice, the newest word on a document, and the inputs as they were.
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Database } from '../../../src/workspace/store/database';
import { findDamage } from '../../../src/workspace/store/databaseThread';
import { indexKind } from '../../../src/workspace/store/indexKind';
import { mergeIndexes } from '../../../src/workspace/store/mergeIndexes';
import { migrate } from '../../../src/workspace/store/migrations';
import { TagStore } from '../../../src/workspace/store/tagStore';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { allOf } from '../../support/allOf';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const files = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`d${n % 3}/${n}.md`, `text ${n}`]));

type Run = NonNullable<Parameters<typeof newRun>[3]>;

/** One run into an index of its own, at a time. */
async function index(
  folder: TempFolder,
  name: string,
  now: number,
  options: Run = {},
  classifier = new FakeClassifier(),
) {
  const { store } = await TagStore.open(folder.at(`.index/${name}`), { now: () => now });
  await newRun(folder, store, classifier, options).start();
  store.close();
  return folder.at(`.index/${name}`);
}

/** What an index shows, and its skips. */
async function contents(file: string, set = labelSet()) {
  const { store } = await TagStore.open(file);
  const documents = await shown(store, set);
  const skips = (await allOf(store.skips(taskIdentity(set, null))))
    .flat()
    .map(({ path, reason }) => `${path}: ${reason}`);
  store.close();
  return { documents, skips: skips.sort() };
}

function bytesOf(file: string) {
  return fs.readFileSync(file);
}

it('makes of the indexes of shards what one run over everything makes, and a run on it has nothing to do', async () => {
  const folder = await TempFolder.create({ ...files, 'copy.md': 'text 1', 'blob.bin': Uint8Array.from([0, 1, 2]) });
  const shards = [];
  for (const number of [1, 2, 3])
    shards.push(await index(folder, `${number}.sqlite`, number, { shard: { number, of: 3 } }));
  const before = shards.map(bytesOf);
  const out = folder.at('.index/all.sqlite');
  await mergeIndexes(out, shards);
  expect(await contents(out)).toEqual(await contents(await index(folder, 'whole.sqlite', 9)));
  expect(shards.map(bytesOf)).toEqual(before);
  expect(await findDamage(out, indexKind)).toBeNull();
  const { store } = await TagStore.open(out);
  const classifier = new FakeClassifier();
  const stats = await newRun(folder, store, classifier).start();
  store.close();
  expect([stats.classified, stats.reused, stats.removed]).toEqual([0, 31, 0]);
  // Kept vectors came along: other labels need no text.
  const { store: again } = await TagStore.open(out);
  const run = newRun(folder, again, new FakeClassifier({ score: () => 0.5 }), { set: labelSet(['other']) });
  await run.start();
  expect(run.progress.stats.classified + run.progress.stats.relabelled).toBe(30);
  again.close();
});

it('takes of a document what the index says that was written last, in whatever order they are named', async () => {
  const folder = await TempFolder.create({ 'a.md': 'old', 'b.md': 'same', 'c.md': 'was text' });
  const older = await index(folder, 'older.sqlite', 1000);
  await folder.write('a.md', 'new');
  await folder.write('c.md', Uint8Array.from([0, 1, 2]));
  const newer = await index(folder, 'newer.sqlite', 2000);
  for (const [name, inputs] of [
    ['one.sqlite', [older, newer]],
    ['two.sqlite', [newer, older]],
  ] as const) {
    const out = folder.at(`.index/${name}`);
    await mergeIndexes(out, inputs);
    expect(await contents(out)).toEqual(await contents(newer));
    expect(Object.keys((await contents(out)).documents).sort()).toEqual(['a.md', 'b.md']);
  }
});

it('keeps label sets and models apart', async () => {
  const folder = await TempFolder.create(files);
  const other = labelSet(['one', 'two']);
  const first = await index(folder, 'first.sqlite', 1);
  const second = await index(folder, 'second.sqlite', 2, { set: other });
  const out = folder.at('.index/both.sqlite');
  await mergeIndexes(out, [first, second]);
  expect(await contents(out)).toEqual(await contents(first));
  expect(await contents(out, other)).toEqual(await contents(second, other));
});

it('takes an index of an older schema, which stays as it is', async () => {
  const folder = await TempFolder.create();
  fs.mkdirSync(folder.at('.index'));
  const old = folder.at('.index/old.sqlite');
  const database = Database.open(old, indexKind);
  migrate(database, indexKind.steps.slice(0, 1));
  database.exec("INSERT INTO contents (hash) VALUES (x'01')");
  database.close();
  const before = bytesOf(old);
  await mergeIndexes(folder.at('.index/out.sqlite'), [old]);
  expect(bytesOf(old)).toEqual(before);
  const merged = Database.open(folder.at('.index/out.sqlite'), indexKind);
  expect(merged.get('SELECT COUNT(*) AS texts FROM contents')).toEqual({ texts: 1 });
  expect(merged.get('PRAGMA user_version')).toEqual({ user_version: indexKind.steps.length });
  merged.close();
});

it('refuses what is no index, names it, and leaves nothing behind', async () => {
  const folder = await TempFolder.create({
    'a.md': 'x',
    '.index/text.sqlite': 'no database',
    '.index/out2.sqlite': 'mine',
  });
  const good = await index(folder, 'good.sqlite', 1);
  const newer = folder.at('.index/newer.sqlite');
  const foreign = folder.at('.index/foreign.sqlite');
  for (const [file, sql] of [
    [newer, `PRAGMA application_id = ${indexKind.applicationId}; PRAGMA user_version = 999`],
    [foreign, 'CREATE TABLE theirs (id INTEGER)'],
  ] as const) {
    const database = Database.open(file, indexKind);
    database.exec(sql);
    database.close();
  }
  const out = folder.at('.index/out.sqlite');
  const names = fs.readdirSync(folder.at('.index'));
  const refused = async (file: string, code: string, words: string) => {
    await expect(mergeIndexes(out, [good, file])).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  };
  await refused(newer, 'index-unsupported', `${newer} was written by a newer GLiTag`);
  await refused(foreign, 'index-unsupported', `${foreign} is a database of another program`);
  await refused(folder.at('.index/text.sqlite'), 'index-unavailable', 'text.sqlite is damaged');
  await refused(folder.at('.index/none.sqlite'), 'input-invalid', 'There is no file');
  await expect(mergeIndexes(folder.at('.index/out2.sqlite'), [good])).rejects.toMatchObject({ code: 'input-invalid' });
  await expect(mergeIndexes(path.join(good, 'out.sqlite'), [good])).rejects.toMatchObject({
    code: 'index-unavailable',
  });
  expect(fs.readFileSync(folder.at('.index/out2.sqlite'), 'utf8')).toBe('mine');
  expect(fs.readdirSync(folder.at('.index'))).toEqual(names);
});
