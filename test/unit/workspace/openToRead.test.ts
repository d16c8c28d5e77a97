// An index that is only read: what others write is seen, nothing about its files changes, and there must be one.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Database } from '../../../src/workspace/store/database';
import { indexKind } from '../../../src/workspace/store/indexKind';
import { TagStore } from '../../../src/workspace/store/tagStore';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const task = taskIdentity(labelSet(), null);

function opened(folder: TempFolder): TagStore {
  const store = TagStore.openToRead(folder.at('.index/tags.sqlite'));
  if (!store) throw new Error('there is no index');
  return store;
}

describe('openToRead', () => {
  test('sees what another connection writes, while that is open', async () => {
    const folder = await TempFolder.create({ 'a.txt': 'one' });
    const writer = await openStore(folder);
    await newRun(folder, writer, new FakeClassifier()).start();
    const reader = opened(folder);
    expect(Object.keys(await shown(reader))).toEqual(['a.txt']);
    await folder.write('b.txt', 'two');
    await newRun(folder, writer, new FakeClassifier()).start();
    expect(Object.keys(await shown(reader))).toEqual(['a.txt', 'b.txt']);
    expect(reader.taggedTasks()).toEqual([{ hash: task.hash, name: task.name, labels: task.labels, documents: 2 }]);
    reader.close();
  });

  test('writes nothing, neither what it is asked to nor what it finds damaged', async () => {
    const folder = await TempFolder.create({ 'a.txt': 'one' });
    const writer = await openStore(folder);
    await newRun(folder, writer, new FakeClassifier()).start();
    const file = folder.at('.index/tags.sqlite');
    const damaging = Database.open(file, indexKind);
    damaging.run('UPDATE results SET checksum = checksum + 1');
    damaging.close();
    await writer.checkpoint();
    const before = fs.readFileSync(file);
    const reader = opened(folder);
    expect(await shown(reader)).toEqual({});
    expect(() => {
      reader.writeNote('key', 'note');
    }).toThrow(/cannot be opened or written/);
    reader.close();
    expect(fs.readFileSync(file).equals(before)).toBe(true);
    expect(writer.counts(task).documents).toBe(1);
  });

  test('reads an index in a folder that cannot be written, as on a read-only disk', async () => {
    const folder = await TempFolder.create({ 'a.txt': 'one' });
    const writer = await openStore(folder);
    await newRun(folder, writer, new FakeClassifier()).start();
    writer.close();
    const index = path.dirname(folder.at('.index/tags.sqlite'));
    const names = fs.readdirSync(index);
    fs.chmodSync(folder.path, 0o755);
    fs.chmodSync(index, 0o555);
    const user = process.geteuid?.();
    // Root may write everywhere.
    if (user === 0) process.seteuid?.(65_534);
    try {
      const reader = opened(folder);
      expect(Object.keys(await shown(reader))).toEqual(['a.txt']);
      reader.close();
      expect(fs.readdirSync(index)).toEqual(names);
    } finally {
      if (user === 0) process.seteuid?.(0);
      fs.chmodSync(index, 0o755);
    }
  });

  test('is null where there is no index, and makes none', async () => {
    const folder = await TempFolder.create();
    expect(TagStore.openToRead(folder.at('tags.sqlite'))).toBeNull();
    expect(fs.existsSync(folder.at('tags.sqlite'))).toBe(false);
  });

  test('refuses what is no index, or one of another version', async () => {
    const folder = await TempFolder.create({ 'other.txt': 'no database at all' });
    expect(() => TagStore.openToRead(folder.at('other.txt'))).toThrow(/is damaged/);
    const file = folder.at('old.sqlite');
    const old = Database.open(file, indexKind);
    old.exec(`PRAGMA application_id = ${indexKind.applicationId}`);
    old.exec('PRAGMA user_version = 1');
    old.close();
    expect(() => TagStore.openToRead(file)).toThrow(/written by an older GLiTag \(schema 1/);
  });
});
