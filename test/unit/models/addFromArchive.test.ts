// Models out of archives and folders, and archives that would do harm.
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { addFromArchive, isArchive } from '../../../src/models/local/addFromArchive';
import { addFromFolder } from '../../../src/models/local/addFromFolder';
import { contentsOf, emptyStore, never, temporaryFolder, tinyFiles, tinyModel } from './modelHelpers';

type TarEntries = Parameters<typeof packTar>[0];

/** The tiny model as entries below a folder. */
const entriesBelow = (folder: string) =>
  Object.entries(tinyFiles).map(([name, body]) => ({ header: { name: `${folder}${name}`, size: body.length }, body }));

async function tarGz(name: string, entries: TarEntries): Promise<string> {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, gzipSync(await packTar(entries)));
  return file;
}

function zip(name: string, files: Record<string, Uint8Array>): string {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, zipSync(files));
  return file;
}

const below = (folder: string) =>
  Object.fromEntries(Object.entries(tinyFiles).map(([name, content]) => [`${folder}${name}`, content]));

describe('installed', () => {
  test.each([
    ['a .tar.gz with a folder', () => tarGz('tiny.tar.gz', entriesBelow('bi-bert/'))],
    ['a .tgz without one, with “./”', () => tarGz('tiny.tgz', entriesBelow('./'))],
    ['a .zip with a folder', () => zip('tiny.zip', below('bi-bert/'))],
    ['a .zip without one', () => zip('tiny.zip', below(''))],
  ])('%s', async (_what, make) => {
    const archive = await make();
    const store = emptyStore();
    expect(isArchive(archive)).toBe(true);
    const model = await addFromArchive(store, archive, { signal: never });
    expect(model).toMatchObject({ name: 'tiny', license: null, source: { type: 'archive', path: archive } });
    expect(contentsOf(store.folder)).toEqual(
      [...Object.keys(tinyFiles), 'glitag-install.json'].map((name) => `tiny/${name}`).sort(),
    );
    expect(await store.verify('tiny', { signal: never })).toEqual([]);
    expect(store.diskBytes().partial).toBe(0);
  });

  test('a folder, under a name, without what the model does not need', async () => {
    const folder = path.join(temporaryFolder(), 'mine');
    fs.cpSync(tinyModel, folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'notes.txt'), 'x');
    fs.mkdirSync(path.join(folder, 'LICENSE'));
    const store = emptyStore();
    const model = await addFromFolder(store, folder, { signal: never, name: 'me/own' });
    expect(model.files.map((file) => file.path).sort()).toEqual(Object.keys(tinyFiles).sort());
    expect(store.folderOf('me/own')).toBe(path.join(store.folder, 'me--own'));
  });

  test('a folder by its .onnx file', async () => {
    const folder = path.join(temporaryFolder(), 'two');
    fs.cpSync(tinyModel, folder, { recursive: true });
    fs.copyFileSync(path.join(folder, 'model.onnx'), path.join(folder, 'other.onnx'));
    const model = await addFromFolder(emptyStore(), path.join(folder, 'other.onnx'), { signal: never });
    expect(model.name).toBe('other');
    expect(model.files.map((file) => file.path).filter((name) => name.endsWith('.onnx'))).toEqual(['other.onnx']);
  });
});

const evil = Buffer.from('evil');
const outside = (name: string) => [...entriesBelow('m/'), { header: { name, size: 4 }, body: evil }];

describe('refused, with nothing left', () => {
  test.each<[string, () => string | Promise<string>]>([
    ['tar: “..”', () => tarGz('a.tar.gz', outside('m/../../../evil'))],
    ['tar: an absolute path', () => tarGz('a.tar.gz', outside('/tmp/glitag-evil'))],
    ['tar: a drive', () => tarGz('a.tar.gz', outside('C:/evil'))],
    ['tar: “\\”', () => tarGz('a.tar.gz', outside('m\\..\\evil'))],
    [
      'tar: a link',
      () =>
        tarGz('a.tar.gz', [
          { header: { name: 'm/out', size: 0, type: 'symlink', linkname: '/etc' } },
          ...entriesBelow('m/'),
        ]),
    ],
    [
      'tar: a hard link',
      () =>
        tarGz('a.tar.gz', [
          { header: { name: 'm/out', size: 0, type: 'link', linkname: '/etc/passwd' } },
          ...entriesBelow('m/'),
        ]),
    ],
    ['tar: two files of one name', () => tarGz('a.tar.gz', [...entriesBelow('m/'), ...entriesBelow('m/').slice(0, 1)])],
    ['zip: “..”', () => zip('a.zip', { ...below('m/'), '../evil': evil })],
    ['zip: an absolute path', () => zip('a.zip', { ...below('m/'), '/tmp/glitag-evil': evil })],
    ['zip: “\\”', () => zip('a.zip', { ...below('m/'), 'm\\..\\evil': evil })],
    [
      'zip: a link',
      () => {
        const file = path.join(temporaryFolder(), 'a.zip');
        const link = [evil, { os: 3, attrs: 0o120777 << 16 }] as const;
        fs.writeFileSync(file, zipSync({ ...below('m/'), 'm/out': [link[0], link[1]] }));
        return file;
      },
    ],
    [
      'zip: a damaged file',
      () => {
        const file = zip('a.zip', { ...below('m/'), 'm/plain.bin': [evil, { level: 0 }] as never });
        const bytes = fs.readFileSync(file);
        bytes[bytes.indexOf('evil')]! ^= 1;
        fs.writeFileSync(file, bytes);
        return file;
      },
    ],
    [
      'zip: cut off',
      () => {
        const file = zip('a.zip', below('m/'));
        fs.truncateSync(file, 200_000);
        return file;
      },
    ],
    [
      'tar: cut off',
      async () => {
        const file = await tarGz('a.tar.gz', entriesBelow('m/'));
        fs.truncateSync(file, 200_000);
        return file;
      },
    ],
    [
      'no archive',
      () => {
        const file = path.join(temporaryFolder(), 'a.zip');
        fs.writeFileSync(file, 'nothing');
        return file;
      },
    ],
  ])('%s', async (_what, make) => {
    const archive = await make();
    const store = emptyStore();
    await expect(addFromArchive(store, archive, { signal: never })).rejects.toMatchObject({ code: 'archive-invalid' });
    expect(contentsOf(path.dirname(store.folder))).toEqual([]);
    expect(fs.existsSync('/tmp/glitag-evil')).toBe(false);
  });

  test('an archive that swells beyond the room on the disk', async () => {
    const archive = await tarGz('a.tar.gz', [
      { header: { name: 'm/zeros', size: 5_000_000 }, body: Buffer.alloc(5_000_000) },
    ]);
    const store = emptyStore();
    await expect(addFromArchive(store, archive, { signal: never, freeBytes: () => 1_000_000 })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(contentsOf(store.folder)).toEqual([]);
  });

  test('a checkpoint of PyTorch: the way to a model is told', async () => {
    const folder = temporaryFolder();
    fs.copyFileSync(path.join(tinyModel, 'config.json'), path.join(folder, 'config.json'));
    fs.writeFileSync(path.join(folder, 'model.safetensors'), 'x');
    await expect(addFromFolder(emptyStore(), folder, { signal: never, name: 'a' })).rejects.toThrow(
      `python -m glitag_train export ${folder} OUT`,
    );
  });

  test('a folder that is none', async () => {
    await expect(addFromFolder(emptyStore(), '/nowhere/at-all', { signal: never })).rejects.toMatchObject({
      code: 'model-missing',
    });
  });

  test.each(['../x', 'a/b/c', 'embedded', 'con', '.hidden', 'a--b', 'a..b', ''])('the name “%s”', async (name) => {
    await expect(addFromFolder(emptyStore(), tinyModel, { signal: never, name })).rejects.toMatchObject({
      code: 'input-invalid',
    });
  });

  test('when cancelled', async () => {
    const store = emptyStore();
    const failing = addFromFolder(store, tinyModel, { signal: AbortSignal.abort() });
    await expect(failing).rejects.toMatchObject({ code: 'cancelled' });
    expect(contentsOf(store.folder)).toEqual([]);
  });
});
