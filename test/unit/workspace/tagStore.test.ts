// The index file: migrations, foreign and newer files, damage, locks, events of the editor, sweeping.
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/workspace/store/database';
import { findDamage } from '../../../src/workspace/store/databaseThread';
import { indexKind } from '../../../src/workspace/store/indexKind';
import { migrate } from '../../../src/workspace/store/migrations';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { TagStore } from '../../../src/workspace/store/tagStore';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const task = taskIdentity(labelSet(), null);

/** A workspace of `count` tagged files with its index, closed. */
async function tagged(count: number): Promise<TempFolder> {
  const folder = await TempFolder.create(
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`f/${n}.md`, `text ${n} `.repeat(20)])),
  );
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier()).start();
  store.close();
  return folder;
}

describe('TagStore', () => {
  it('gives a document with its evidence', async () => {
    const folder = await tagged(3);
    const store = await openStore(folder);
    const details = store.details(folder.uriOf('f/1.md'), task, modelHash);
    expect(details).toMatchObject({
      path: 'f/1.md',
      root: 'work',
      chunkCount: 1,
      stale: false,
      modelName: 'fake',
      modelHash,
    });
    expect(details?.evidence).toEqual(Int32Array.of(0, 140, 0, 140, 0, 140));
    expect(details?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(store.details(folder.uriOf('f/9.md'), task, modelHash)).toBeNull();
    expect(store.details(folder.uriOf('f/1.md'), task, 'another model')?.stale).toBe(true);
    expect(store.details(folder.uriOf('f/1.md'), task, null)?.stale).toBe(false);
    expect(store.counts(task)).toEqual({ documents: 3, skips: 1 });
    expect(store.counts({ hash: 'unknown' })).toEqual({ documents: 0, skips: 0 });
    expect([store.taggedOtherwise(task), store.taggedOtherwise({ hash: 'unknown' })]).toEqual([0, 3]);
  });

  it('follows saves, deletions and moves of files and folders', async () => {
    const folder = await tagged(12);
    const store = await openStore(folder);
    const scored = store.details(folder.uriOf('f/1.md'), task, modelHash)?.contentHash ?? '';
    const source = { reading: '', runs: [], given: [] };
    store.markSaved(folder.uriOf('f/1.md'), '0'.repeat(64), source);
    expect((await shown(store))['f/1.md']?.stale).toBe(true);
    store.markSaved(folder.uriOf('f/1.md'), scored, source);
    expect((await shown(store))['f/1.md']?.stale).toBe(false);
    expect(store.removeDocuments(folder.uriOf('f/2.md'))).toEqual([folder.uriOf('f/2.md')]);
    const place = (name: string) => ({ uri: folder.uriOf(name), root: 'work', path: name });
    store.moveDocuments(place('f/3.md'), place('f/4.md'));
    store.moveDocuments(place('f'), place('g/h'));
    const paths = Object.keys(await shown(store)).sort();
    expect(paths).toEqual([0, 1, 10, 11, 4, 5, 6, 7, 8, 9].map((n) => `g/h/${n}.md`));
    expect(store.details(folder.uriOf('g/h/4.md'), task, modelHash)?.path).toBe('g/h/4.md');
    expect(store.removeDocuments(folder.uriOf('g'))).toHaveLength(10);
    expect(await shown(store)).toEqual({});
  });

  it('takes a deleted file out of the skips too', async () => {
    const folder = await tagged(1);
    await folder.write('f/empty.md', '');
    const store = await openStore(folder);
    await newRun(folder, store, new FakeClassifier()).start();
    const before = store.counts(task).skips;
    expect(store.removeDocuments(folder.uriOf('f/empty.md'))).toEqual([folder.uriOf('f/empty.md')]);
    expect(store.counts(task)).toEqual({ documents: 1, skips: before - 1 });
  });

  it('gives the vectors behind a document’s scores', async () => {
    const folder = await tagged(2);
    const store = await openStore(folder);
    const kept = store.vectors(folder.uriOf('f/1.md'), task, null);
    expect(kept?.modelHash).toBe(modelHash);
    expect(kept?.vectors.spans).toEqual(Int32Array.of(0, 140));
    expect(kept?.vectors.values).toHaveLength(8);
    expect(kept?.vectors).not.toEqual(store.vectors(folder.uriOf('f/0.md'), task, null)?.vectors);
    expect(store.vectors(folder.uriOf('f/1.md'), taskIdentity(labelSet(), 64), null)).toBeNull();
    expect(store.vectors(folder.uriOf('f/9.md'), task, null)).toBeNull();
  });

  it('gives the scores of the model that is asked for where two have read the text under one task', async () => {
    const folder = await tagged(2);
    const store = await openStore(folder);
    const [uri, other] = [folder.uriOf('f/1.md'), 'another model'];
    const first = store.details(uri, task, modelHash)?.scores;
    const second = new FakeClassifier({ description: { hash: other, name: 'other' }, score: () => 0.25 });
    await newRun(folder, store, second).start();
    expect(store.details(uri, task, modelHash)).toMatchObject({
      modelHash,
      modelName: 'fake',
      stale: false,
      scores: first,
    });
    expect(store.details(uri, task, other)).toMatchObject({ modelHash: other, modelName: 'other', stale: false });
    expect(store.details(uri, task, 'a third')).toMatchObject({ modelHash: other, stale: true });
    expect(store.details(uri, task, null)).toMatchObject({ modelHash: other, stale: false });
    expect([store.vectors(uri, task, modelHash)?.modelHash, store.vectors(uri, task, other)?.modelHash]).toEqual([
      modelHash,
      other,
    ]);
    const rows = [];
    for await (const batch of store.documents(task, other)) rows.push(...batch);
    expect(rows.map(({ scores, stale }) => [scores[0], stale])).toEqual([
      [0.25, false],
      [0.25, false],
    ]);
    for await (const batch of store.documents(task, modelHash))
      for (const row of batch) expect(row.scores).not.toContain(0.25);
  });

  it('brings an older schema to the newest with all that is in it, and undoes a step that fails', async () => {
    const folder = await tagged(5);
    const file = folder.at('.index/tags.sqlite');
    const next = [...indexKind.steps, 'ALTER TABLE documents ADD COLUMN note TEXT; UPDATE documents SET note = path;'];
    const database = Database.open(file, indexKind);
    expect(() => {
      migrate(database, [...next, 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);']);
    }).toThrow('nowhere');
    expect(database.get('PRAGMA user_version')).toEqual({ user_version: indexKind.steps.length });
    expect(database.get("SELECT 1 AS there FROM sqlite_schema WHERE name = 'half'")).toBeUndefined();
    migrate(database, next);
    expect(database.get('PRAGMA user_version')).toEqual({ user_version: next.length });
    expect(database.all('SELECT note FROM documents ORDER BY id')).toHaveLength(5);
    expect(database.get('SELECT note FROM documents ORDER BY id')).toEqual({ note: 'f/0.md' });
    database.close();
    // Which to this program is a newer schema: refused, and left as it is.
    await expect(TagStore.open(file, { ownFolder: true })).rejects.toMatchObject({ code: 'index-unsupported' });
    expect(await findDamage(file, indexKind)).toBeNull();
  });

  it('drops the untitled documents that the first schema kept', async () => {
    const folder = await TempFolder.create();
    const database = Database.open(folder.at('old.sqlite'), indexKind);
    migrate(database, indexKind.steps.slice(0, 1));
    const insert = "INSERT INTO documents (uri, root, path, size, mtimeMs) VALUES (?, '', '', 0, -1)";
    for (const uri of ['file:///a.md', 'untitled:Untitled-1', 'untitled:Untitled-2', 'vsls:/b.md'])
      database.run(insert, uri);
    migrate(database);
    expect(database.all('SELECT uri FROM documents ORDER BY uri').map(({ uri }) => uri)).toEqual([
      'file:///a.md',
      'vsls:/b.md',
    ]);
    database.close();
  });

  it('refuses files of other programs and keeps its hands off them', async () => {
    const folder = await TempFolder.create({ 'notes.txt': 'my notes, not an index' });
    await expect(TagStore.open(folder.at('notes.txt'))).rejects.toMatchObject({ code: 'index-unsupported' });
    expect(await readFile(folder.at('notes.txt'), 'utf8')).toBe('my notes, not an index');
    const other = Database.open(folder.at('other.db'), indexKind);
    other.exec('CREATE TABLE theirs (x)');
    other.close();
    await expect(TagStore.open(folder.at('other.db'), { ownFolder: true })).rejects.toMatchObject({
      code: 'index-unsupported',
    });
    await writeFile(folder.at('empty.db'), '');
    const { store } = await TagStore.open(folder.at('empty.db'));
    store.close();
    await expect(TagStore.open(folder.at('notes.txt/x.db'))).rejects.toThrow();
  });

  it('sets a damaged file aside, begins afresh and says so', { timeout: 120_000 }, async () => {
    const folder = await tagged(200);
    const file = folder.at('.index/tags.sqlite');
    const good = folder.at('good.sqlite');
    await copyFile(file, good);
    const { size } = await stat(file);
    let rebuilt = 0;
    for (let round = 0; round < 8; round++) {
      await copyFile(good, file);
      const handle = await open(file, 'r+');
      // Once the header, otherwise a few pages somewhere.
      for (let hit = 0; hit < 4; hit++) {
        const at = round === 0 && hit === 0 ? 0 : Math.floor(Math.random() * (size - 4096));
        await handle.write(randomBytes(4096), 0, 4096, at);
      }
      await handle.close();
      const { store, notice } = await TagStore.open(file, { ownFolder: true });
      // Damage inside of blobs is not seen at opening, but never shown either.
      const before = await shown(store);
      if (notice) {
        rebuilt++;
        expect(before).toEqual({});
        expect((await stat(notice.setAside)).size).toBe(size);
        expect(notice.message).toContain('set aside');
      }
      await newRun(folder, store, new FakeClassifier(), { find: { exclude: ['.index', 'good.sqlite'] } }).start();
      const after = await shown(store);
      expect(Object.keys(after)).toHaveLength(200);
      store.close();
      expect(await findDamage(file, indexKind)).toBeNull();
    }
    expect(rebuilt).toBeGreaterThan(3);
  });

  it('sets a file aside whose format number is damaged', async () => {
    const folder = await tagged(3);
    const file = folder.at('.index/tags.sqlite');
    const handle = await open(file, 'r+');
    await handle.write(Buffer.from([0xde, 0xad, 0xbe, 0xef]), 0, 4, 44);
    await handle.close();
    const { store, notice } = await TagStore.open(file, { ownFolder: true });
    expect(notice?.message).toContain('set aside');
    expect(await shown(store)).toEqual({});
    store.close();
    expect(await findDamage(file, indexKind)).toBeNull();
  });

  it('sets a file aside whose tables and indexes say different things', async () => {
    const folder = await tagged(3);
    const file = folder.at('.index/tags.sqlite');
    const bytes = await readFile(file);
    // A URI stands in its row and in the index of URIs.
    bytes.write('X', bytes.indexOf(`${folder.uriOf('f/1.md')}work`) + folder.uri.length + 1);
    await writeFile(file, bytes);
    const { store, notice } = await TagStore.open(file, { ownFolder: true });
    expect(notice?.message).toContain('set aside');
    expect(await shown(store)).toEqual({});
    store.close();
  });

  it('says what to do where nothing can be written', async () => {
    const folder = await TempFolder.create({ file: 'no folder' });
    await expect(TagStore.open(folder.at('file/tags.sqlite'))).rejects.toMatchObject({
      code: 'index-unavailable',
      message: expect.stringContaining(`The folder ${folder.at('file')} for the index cannot be made`) as string,
    });
    const store = await openStore(folder);
    await mkdir(`${store.file}.lock`);
    expect(() => store.lock()).toThrow('Check the rights of the file and of its folder');
    const database = Database.open(folder.at('.index/full.sqlite'), indexKind);
    database.exec('PRAGMA max_page_count = 2');
    expect(() => {
      migrate(database);
    }).toThrow('its disk is full. Make room');
    database.close();
  });

  it('does not show scores that changed on disk, and classifies their text again', async () => {
    const folder = await tagged(4);
    const store = await openStore(folder);
    const expected = await shown(store);
    const database = Database.open(store.file, indexKind);
    database.exec(
      "UPDATE results SET scores = zeroblob(12) WHERE contentId IN (SELECT contentId FROM documents WHERE path = 'f/2.md')",
    );
    database.close();
    expect(Object.keys(await shown(store)).sort()).toEqual(['f/0.md', 'f/1.md', 'f/3.md']);
    expect(await newRun(folder, store, new FakeClassifier()).start()).toMatchObject({ reused: 3, classified: 1 });
    expect(await shown(store)).toEqual(expected);
  });

  it('sweeps texts that have no document for a week, and tasks long out of use', { timeout: 60_000 }, async () => {
    const folder = await TempFolder.create({ 'a.md': 'one', 'b.md': 'two' });
    let nowMs = 1_700_000_000_000;
    const store = await openStore(folder, { now: () => nowMs });
    const classifier = new FakeClassifier();
    const day = 24 * 60 * 60 * 1000;
    await newRun(folder, store, classifier).start();
    await folder.write('b.md', 'three');
    await newRun(folder, store, classifier).start();
    nowMs += 6 * day;
    await folder.write('b.md', 'two');
    expect(await newRun(folder, store, classifier).start()).toMatchObject({ classified: 0, reused: 2 });
    nowMs += 8 * day;
    await newRun(folder, store, classifier).start();
    const rows = (table: string) => {
      const database = Database.open(store.file, indexKind);
      const count = database.get(`SELECT COUNT(*) AS count FROM ${table}`)?.['count'];
      database.close();
      return count;
    };
    expect([rows('contents'), rows('results'), rows('vectors')]).toEqual([2, 2, 2]);
    // Of four runs over the same folder the last says all.
    expect(rows('runs')).toBe(1);
    for (let n = 0; n < 20; n++) {
      nowMs += 1000;
      await newRun(folder, store, classifier, { set: labelSet([`label ${n}`]) }).start();
    }
    expect([rows('tasks'), rows('results'), rows('assignments'), rows('vectors')]).toEqual([12, 24, 24, 2]);
    expect(await shown(store)).toEqual({});
    expect(Object.keys(await shown(store, labelSet(['label 19'])))).toEqual(['a.md', 'b.md']);
  });

  it('lets one at a time run, and frees the lock with the process', async () => {
    const folder = await tagged(1);
    const [first, second] = [await openStore(folder), await openStore(folder)];
    const lock = first.lock();
    expect(() => second.lock()).toThrow(expect.objectContaining({ code: 'index-busy' }) as Error);
    lock.release();
    second.lock().release();
    expect((await readdir(folder.at('.index'))).sort()).toContain('tags.sqlite.lock');
  });

  it('says that it was closed to whoever still reads', async () => {
    const folder = await tagged(1);
    const store = await openStore(folder);
    store.close();
    expect(() => store.counts(task)).toThrow(expect.objectContaining({ code: 'cancelled' }) as Error);
  });

  it('yields documents that arrive while it is read', async () => {
    const folder = await tagged(600);
    const store = await openStore(folder);
    const seen: string[] = [];
    for await (const batch of store.documents(task, modelHash)) {
      if (seen.length === 0) {
        await folder.write('late.md', 'late');
        await newRun(folder, store, new FakeClassifier()).start();
      }
      seen.push(...batch.map(({ path }) => path));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(601);
    expect(seen.at(-1)).toBe('late.md');
  });
});
