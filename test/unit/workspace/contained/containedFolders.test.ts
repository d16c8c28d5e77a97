// Paths of agents never lead out of the folders that were given, however they are written.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ContainedFolders } from '../../../../src/workspace/contained/containedFolders';
import { ContainedTree } from '../../../../src/workspace/contained/containedTree';
import { fileUri } from '../../../../src/workspace/find/nodeFileTree';

let top: string;
let folder: string;
let secret: string;
let folders: ContainedFolders;

beforeAll(() => {
  top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-contained-')));
  folder = path.join(top, 'docs');
  secret = path.join(top, 'secret.txt');
  fs.mkdirSync(path.join(folder, 'sub'), { recursive: true });
  fs.mkdirSync(path.join(top, 'docs-other'));
  fs.writeFileSync(path.join(folder, 'a.txt'), 'a');
  fs.writeFileSync(path.join(folder, 'sub', '..b.txt'), 'b');
  fs.writeFileSync(secret, 'secret');
  fs.writeFileSync(path.join(top, 'docs-other', 'c.txt'), 'c');
  fs.symlinkSync(secret, path.join(folder, 'link.txt'));
  fs.symlinkSync(top, path.join(folder, 'up'));
  folders = ContainedFolders.of([folder]);
});
afterAll(() => {
  fs.rmSync(top, { recursive: true, force: true });
});

describe('a path', () => {
  test.each([
    ['relative', () => 'a.txt'],
    ['with dots that stay inside', () => 'sub/../a.txt'],
    ['with the name of the folder', () => 'docs/a.txt'],
    ['absolute', () => path.join(folder, 'a.txt')],
    ['a file URI', () => pathToFileURL(path.join(folder, 'a.txt')).href],
  ])('is found: %s', async (_, asked) => {
    expect(await folders.resolve(asked())).toBe(path.join(folder, 'a.txt'));
  });

  test('may begin with two dots where that is a name', async () => {
    expect(await folders.resolve('sub/..b.txt')).toBe(path.join(folder, 'sub', '..b.txt'));
  });

  const hostile: [string, () => string][] = [
    ['nothing', () => ''],
    ['above', () => '../secret.txt'],
    ['above, through a folder', () => 'sub/../../secret.txt'],
    ['absolute', () => secret],
    ['a neighbour whose name begins the same', () => '../docs-other/c.txt'],
    ['a link to a file outside', () => 'link.txt'],
    ['through a link to a folder outside', () => 'up/secret.txt'],
    ['through a link and back', () => 'up/docs-other/c.txt'],
    ['a NUL character', () => 'a.txt\0.md'],
    ['another machine', () => '//server/share/a.txt'],
    ['another machine, on Windows', () => '\\\\server\\share\\a.txt'],
    ['a device', () => '\\\\.\\pipe\\x'],
    ['a file URI of another machine', () => `file://server${folder}/a.txt`],
    ['a file URI with an encoded slash', () => `${pathToFileURL(folder).href}/sub%2F..%2F..%2Fsecret.txt`],
    ['a file URI with a NUL character', () => `${pathToFileURL(folder).href}/a.txt%00`],
    ['a file URI out of the folder', () => pathToFileURL(secret).href],
    ['another scheme', () => 'http://localhost/a.txt'],
    ['what is not there', () => 'nothing.txt'],
  ];

  test.each(hostile)('is refused: %s', async (_, asked) => {
    await expect(folders.resolve(asked())).rejects.toThrow(/^There is no document or folder .* in “docs”/);
  });

  test('is refused in the same words whether or not there is something outside', async () => {
    const words = async (asked: string) =>
      folders.resolve(asked).catch((error: unknown) => String(error).replace(JSON.stringify(asked), '…'));
    expect(await words('../secret.txt')).toBe(await words('../nothing.txt'));
  });

  test('is repeated in part only where it is long', async () => {
    const refusal = await folders.resolve('x'.repeat(5000)).catch(String);
    expect(refusal).toMatch(/^.{200,350}$/);
  });

  test('never leads out, whatever it is made of', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      'sub',
      'up',
      'link.txt',
      'a.txt',
      'secret.txt',
      'docs',
      '/',
      '\\',
      '%2e%2e',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.constantFrom('/', '\\'), async (pieces, by) => {
        const found = await folders.resolve(pieces.join(by)).catch(() => null);
        if (found === null) return;
        expect(path.relative(folder, fs.realpathSync(found))).not.toMatch(/^\.\./);
      }),
    );
  });
});

describe('documents', () => {
  test('of an index count where they lie in a folder', () => {
    expect(folders.has(fileUri(path.join(folder, 'a.txt')))).toBe(true);
    expect(folders.has(`${fileUri(path.join(folder, 'a.csv'))}#row-3`)).toBe(true);
    expect(folders.has(fileUri(secret))).toBe(false);
    expect(folders.has(fileUri(path.join(top, 'docs-other/c.txt')))).toBe(false);
    expect(folders.has('untitled:Untitled-1')).toBe(false);
  });

  test('count in what an agent names, else in all folders, and nowhere else', async () => {
    const uris = [
      ...[path.join(folder, 'a.txt'), path.join(folder, 'sub', '..b.txt'), secret].map((file) => fileUri(file)),
      ...[fileUri(path.join(top, 'docs-other/c.txt')), 'untitled:Untitled-1', `untitled:${folder}/new.txt`],
    ];
    const counting = async (asked: string | undefined) => uris.map(await folders.within(asked));
    expect(await counting(undefined)).toEqual([true, true, false, false, false, false]);
    expect(await counting('sub')).toEqual([false, true, false, false, false, false]);
    expect(await counting('a.txt')).toEqual([true, false, false, false, false, false]);
    await expect(folders.within('../secret.txt')).rejects.toThrow(/There is no document or folder/);
  });

  test('are called by the folder, too, where there are several', async () => {
    const both = ContainedFolders.of([folder, path.join(top, 'docs-other')]);
    expect(both.shown(fileUri(path.join(top, 'docs-other/c.txt')))).toBe('docs-other/c.txt');
    expect(await both.resolve('docs-other/c.txt')).toBe(path.join(top, 'docs-other/c.txt'));
    expect(folders.shown(fileUri(path.join(folder, 'sub/x y.txt')))).toBe('sub/x y.txt');
  });
});

describe('reading', () => {
  test('gives files of the folders, and nothing that is none or lies elsewhere', async () => {
    const tree = new ContainedTree(folders);
    expect(Buffer.from(await tree.readFile(fileUri(path.join(folder, 'a.txt')))).toString()).toBe('a');
    for (const name of ['link.txt', 'up/secret.txt', 'sub', '../secret.txt'])
      await expect(tree.readFile(fileUri(path.join(folder, name))), name).rejects.toThrow();
  });
});
