// Installed models that change, go, or only seem to be there.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { addFromFolder } from '../../../src/models/local/addFromFolder';
import type { InstalledModel } from '../../../src/models/installRecord';
import type { ModelStore } from '../../../src/models/modelStore';
import { curatedModels } from '../../../src/models/curatedModels';
import { graphsOf } from '../../../src/models/hub/chooseFiles';
import { parseHubReference } from '../../../src/models/modelNames';
import { contentsOf, emptyStore, never, temporaryFolder, tinyModel } from './modelHelpers';

async function withTiny(): Promise<{ store: ModelStore; model: InstalledModel }> {
  const store = emptyStore();
  return { store, model: await addFromFolder(store, tinyModel, { signal: never, name: 'me/tiny' }) };
}

test('lists what is installed, by name, and what it takes on the disk', async () => {
  const { store, model } = await withTiny();
  await addFromFolder(store, tinyModel, { signal: never, name: 'a' });
  fs.mkdirSync(path.join(store.folder, 'notes'));
  expect(store.list().map(({ name }) => name)).toEqual(['a', 'me/tiny']);
  expect(store.diskBytes()).toEqual({ models: 2 * model.bytes, partial: 0 });
});

test('a record whose name is another folder’s counts for nothing', async () => {
  const { store, model } = await withTiny();
  fs.cpSync(model.folder, path.join(store.folder, 'copy'), { recursive: true });
  expect(store.list().map(({ folder }) => folder)).toEqual([model.folder]);
});

describe('before a load', () => {
  test.each<[string, (folder: string) => void]>([
    [
      'another size',
      (folder) => {
        fs.appendFileSync(path.join(folder, 'model.onnx'), 'x');
      },
    ],
    [
      'another time',
      (folder) => {
        fs.utimesSync(path.join(folder, 'config.json'), 1, 1);
      },
    ],
    [
      'a file that is gone',
      (folder) => {
        fs.rmSync(path.join(folder, 'tokenizer_config.json'));
      },
    ],
    [
      'a graph that would be read in place of the installed one',
      (folder) => {
        fs.mkdirSync(path.join(folder, 'onnx'));
        fs.copyFileSync(path.join(folder, 'model.onnx'), path.join(folder, 'onnx', 'model.onnx'));
      },
    ],
  ])('%s is seen', async (_what, change) => {
    const { store, model } = await withTiny();
    expect(store.folderOf('me/tiny')).toBe(model.folder);
    change(model.folder);
    expect(() => store.folderOf('me/tiny')).toThrow(/is not as it was installed/u);
  });

  test('a name of nothing is told, with the one that was meant', async () => {
    const { store } = await withTiny();
    expect(() => store.folderOf('me/tinny')).toThrow(/No model “me\/tinny” is installed in .* Did you mean “me\/tiny”\?/u);
  });
});

test('verifying reads everything', async () => {
  const { store, model } = await withTiny();
  const file = path.join(model.folder, 'model.onnx');
  const { atime, mtime } = fs.statSync(file);
  const bytes = fs.readFileSync(file);
  bytes[1000]! ^= 1;
  fs.writeFileSync(file, bytes);
  fs.utimesSync(file, atime, mtime);
  fs.appendFileSync(path.join(model.folder, 'config.json'), ' ');
  fs.rmSync(path.join(model.folder, 'golden.json'));
  expect(await store.verify('me/tiny', { signal: never })).toEqual(
    expect.arrayContaining([
      { path: 'model.onnx', problem: 'content' },
      { path: 'config.json', problem: 'size' },
      { path: 'golden.json', problem: 'missing' },
    ]),
  );
});

describe('removing', () => {
  test('takes the model and nothing else', async () => {
    const { store, model } = await withTiny();
    await addFromFolder(store, tinyModel, { signal: never, name: 'a' });
    expect(store.remove('me/tiny')).toBe(model.bytes);
    expect(contentsOf(store.folder).every((name) => name.startsWith('a/'))).toBe(true);
    expect(store.find('me/tiny')).toBeNull();
  });

  test('takes what a try that was broken off left, but not from a process that is at it', async () => {
    const { store } = await withTiny();
    const begun = (key: string, pid: number) => {
      const folder = path.join(store.folder, '.partial', key);
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, 'model.onnx.part'), 'x'.repeat(1000));
      fs.writeFileSync(path.join(folder, 'pid'), String(pid));
    };
    begun('b@0123', 2 ** 22 + 1);
    begun('c@0123', process.pid);
    expect(store.remove('b')).toBeGreaterThanOrEqual(1000);
    expect(() => store.remove('b')).toThrow(/No model “b”/u);
    expect(() => store.remove('c')).toThrow(/No model “c”/u);
    expect(store.diskBytes().partial).toBeGreaterThanOrEqual(1000);
  });

  test.each(['..', '../other', '/etc', 'me/../tiny', '.partial'])('“%s” is no name of a model', async (name) => {
    const { store } = await withTiny();
    const other = path.join(store.folder, '..', 'other');
    fs.cpSync(store.pathOf('me/tiny'), other, { recursive: true });
    expect(() => {
      store.remove(name);
    }).toThrow(/No model/u);
    expect(fs.existsSync(path.join(other, 'model.onnx'))).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('a link out of the store takes the link', async () => {
    const { store, model } = await withTiny();
    const elsewhere = path.join(temporaryFolder(), 'elsewhere');
    fs.renameSync(model.folder, elsewhere);
    fs.symlinkSync(elsewhere, model.folder);
    store.remove('me/tiny');
    expect(fs.existsSync(path.join(elsewhere, 'model.onnx'))).toBe(true);
    expect(fs.existsSync(model.folder)).toBe(false);
  });
});

test('models of the list can be asked for, by graphs that are looked for', () => {
  for (const { id, graphs } of curatedModels) {
    expect(parseHubReference(id).id).toBe(id);
    const digest = { type: 'git', hex: '' } as const;
    const files = Object.keys(graphs).map((name) => ({ path: name, size: 1, digest }));
    expect(graphsOf({ files })).toHaveLength(files.length);
  }
});
