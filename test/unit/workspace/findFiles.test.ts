// Finding documents: globs, ignore files, limits, links, order, reasons.
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { findFiles } from '../../../src/workspace/find/findFiles';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { skipSentence } from '../../../src/workspace/find/skipReasons';
import type { FindOptions, FindRoot, Skip } from '../../../src/workspace/types';
import { TempFolder } from './tempFolder';

type Wishes = Partial<FindOptions> & Pick<FindRoot, 'start' | 'hidden'>;

async function find(folder: TempFolder, { start, hidden = [], ...wishes }: Wishes = {}) {
  const root: FindRoot = { uri: folder.uri, name: 'work', hidden, ...(start === undefined ? {} : { start }) };
  return collect({ roots: [root], include: [], exclude: [], ignoreCase: false, ...wishes });
}

async function collect(options: FindOptions) {
  const files: string[] = [];
  const skips: Skip[] = [];
  for await (const entry of findFiles(new NodeFileTree(), options)) {
    if (entry.type === 'file') files.push(entry.file.path);
    else skips.push(entry.skip);
  }
  return { files, skips, reasons: Object.fromEntries(skips.map((skip) => [skip.path, skip.reason])) };
}

describe('findFiles', () => {
  it('yields files before folders, each in code unit order, with size and time', async () => {
    const folder = await TempFolder.create({
      'b.md': 'x',
      'a.md': 'xy',
      'Z.md': '',
      'a/b/c.md': '',
      'a/a.md': '',
      'B/x.md': '',
    });
    expect((await find(folder)).files).toEqual(['Z.md', 'a.md', 'b.md', 'B/x.md', 'a/a.md', 'a/b/c.md']);
    const sizes = [];
    const options = { roots: [{ uri: folder.uri, name: 'w' }], include: ['a.md'], exclude: ['a/'] };
    for await (const entry of findFiles(new NodeFileTree(), options))
      if (entry.type === 'file') sizes.push([entry.file.size, entry.file.mtimeMs > 1e12, entry.file.uri]);
    expect(sizes).toEqual([[2, true, folder.uriOf('a.md')]]);
  });

  it('reads globs as the search box does', async () => {
    const folder = await TempFolder.create({
      'a.md': '',
      'docs/b.md': '',
      'docs/c.txt': '',
      'x/docs/d.md': '',
      '.hid/e.md': '',
    });
    expect((await find(folder, { include: ['*.md'] })).files).toEqual([
      'a.md',
      '.hid/e.md',
      'docs/b.md',
      'x/docs/d.md',
    ]);
    expect((await find(folder, { include: ['docs'] })).files).toEqual(['docs/b.md', 'docs/c.txt', 'x/docs/d.md']);
    expect((await find(folder, { include: ['./docs/'] })).files).toEqual(['docs/b.md', 'docs/c.txt', 'x/docs/d.md']);
    expect((await find(folder, { include: ['/docs/**', 'a.{md,txt}'] })).files).toEqual([
      'a.md',
      'docs/b.md',
      'docs/c.txt',
    ]);
    const excluded = await find(folder, { exclude: ['docs/**', '.hid'] });
    expect(excluded.files).toEqual(['a.md', 'x/docs/d.md']);
    expect(excluded.skips.map(({ path, folder: whole }) => [path, whole])).toEqual([
      ['.hid', true],
      ['docs', true],
    ]);
    await expect(find(folder, { include: [' '] })).rejects.toMatchObject({ code: 'setting-invalid' });
  });

  it('takes a file that is as large as may be', async () => {
    const folder = await TempFolder.create({ 'a.md': 'x'.repeat(200), 'b.md': 'x'.repeat(201) });
    expect(await find(folder, { maxFileBytes: 200 })).toMatchObject({
      files: ['a.md'],
      reasons: { 'b.md': 'too-large' },
    });
  });

  it('takes parentheses and signs in globs for themselves', async () => {
    const folder = await TempFolder.create({
      'app/(shop)/a.md': '',
      'app/shop/b.md': '',
      'c++/c.md': '',
      '@d/d.md': '',
      'x.md': '',
    });
    expect((await find(folder, { include: ['app/(shop)/**'] })).files).toEqual(['app/(shop)/a.md']);
    expect((await find(folder, { include: ['c++', '@d/*'] })).files).toEqual(['@d/d.md', 'c++/c.md']);
    expect((await find(folder, { include: ['[!a-c].md'] })).files).toEqual(['x.md', '@d/d.md']);
    expect((await find(folder, { include: ['[ab].md'], exclude: ['app/shop'] })).files).toEqual(['app/(shop)/a.md']);
  });

  it('is not held up by a pattern over which a matcher of extended globs would not come back', async () => {
    const folder = await TempFolder.create({ [`${'a'.repeat(200)}.md`]: '' });
    expect((await find(folder, { include: ['*(*(a)*)b'] })).files).toEqual([]);
    for (const glob of ['*a*a*a*a*b', '{*a*a,x}{*a*a,y}b', 'docs/**/*a{*{*,b},c}*'])
      await expect(find(folder, { include: [glob] })).rejects.toMatchObject({ code: 'setting-invalid' });
    const usual = ['**/*.{*.md,*.txt,a*b*}', 'a*/b*/c*/*d*e*', '{*.a,*.b,*.c,*.d,*.e}', '**/*.*.*'];
    expect((await find(folder, { include: usual })).files).toEqual([]);
  });

  it('gives files.exclude its own meaning, with "when"', async () => {
    const folder = await TempFolder.create({ 'a.js': '', 'a.ts': '', 'b.js': '', 'sub/c.js': '', 'sub/out/d.md': '' });
    const hidden = [{ glob: '**/*.js', when: '$(basename).ts' }, { glob: '**/out' }];
    expect((await find(folder, { hidden })).files).toEqual(['a.ts', 'b.js', 'sub/c.js']);
    expect((await find(folder, { hidden: [{ glob: '*.js' }] })).files).toEqual(['a.ts', 'sub/c.js', 'sub/out/d.md']);
  });

  it('says why each file was left out', async () => {
    const folder = await TempFolder.create({
      'ok.md': 'x',
      'big.md': 'x'.repeat(300),
      '.git/config': '',
      '.gitignore': '*.log\nbuild/\n',
      'a.log': '',
      'build/x.md': '',
      'gen/x.md': '',
    });
    await folder.link('link.md', 'ok.md');
    await folder.link('loop', '.');
    execFileSync('mkfifo', [folder.at('pipe')]);
    const { files, skips, reasons } = await find(folder, {
      maxFileBytes: 200,
      exclude: ['gen'],
      include: ['*.md', 'pipe', '*.log'],
    });
    expect(files).toEqual(['ok.md']);
    expect(reasons).toEqual({
      '.git': 'excluded',
      'a.log': 'ignored',
      'big.md': 'too-large',
      build: 'ignored',
      gen: 'excluded',
      'link.md': 'symlink',
      loop: 'symlink',
      pipe: 'special-file',
    });
    expect(skips.map(skipSentence)).toContain('Left out by an ignore file: rule “*.log” in .gitignore');
    expect(skips.map(skipSentence)).toContain('Larger than the size limit: 300 bytes, limit 200 bytes');
  });

  it('lets .glitagignore have the last word, also over .gitignore', async () => {
    const folder = await TempFolder.create({
      '.gitignore': '*.log\n',
      '.glitagignore': '!keep.log\nsecret/\n',
      'keep.log': '',
      'drop.log': '',
      'secret/a.md': '',
      'in/.glitagignore': '*.md',
      'in/b.md': '',
      'in/c.txt': '',
    });
    const all = await find(folder, { exclude: ['.*ignore'] });
    expect(all.files).toEqual(['keep.log', 'in/c.txt']);
    expect(all.skips.find(({ path }) => path === 'in/b.md')?.detail).toBe('rule “*.md” in in/.glitagignore');
    expect((await find(folder, { exclude: ['.*ignore'], gitIgnore: false })).files).toEqual([
      'drop.log',
      'keep.log',
      'in/c.txt',
    ]);
  });

  it('takes from a part of a root exactly what a run over the root takes there', async () => {
    const folder = await TempFolder.create({
      '.gitignore': 'x/*.log\nno/\n',
      'x/a.log': '',
      'x/b.md': '',
      'no/c.md': '',
      'd.md': '',
    });
    expect((await find(folder, { start: 'x' })).files).toEqual(['x/b.md']);
    expect((await find(folder, { start: 'x/b.md' })).files).toEqual(['x/b.md']);
    expect((await find(folder, { start: 'x/a.log' })).reasons).toEqual({ 'x/a.log': 'ignored' });
    expect((await find(folder, { start: 'no/c.md' })).reasons).toEqual({ no: 'ignored' });
    expect((await find(folder, { start: 'x/gone.md' })).reasons).toEqual({ 'x/gone.md': 'unreadable' });
  });

  it('says of a pipe that was named itself what it is', async () => {
    const folder = await TempFolder.create();
    execFileSync('mkfifo', [folder.at('pipe')]);
    const roots = [{ uri: folder.uriOf('pipe'), name: 'pipe' }];
    expect((await collect({ roots, include: [], exclude: [] })).skips.map(skipSentence)).toEqual([
      'Not a regular file',
    ]);
  });

  it('takes a file that was named itself whatever the rules say, and says when it is not there', async () => {
    const folder = await TempFolder.create({ '.gitignore': '*', 'a b.log': 'x' });
    const roots = ['a b.log', 'none.md'].map((name) => ({ uri: folder.uriOf(name), name: 'w' }));
    const { files, reasons } = await collect({ roots, include: ['*.md'], exclude: [] });
    expect(files).toEqual(['a b.log']);
    expect(reasons).toEqual({ 'none.md': 'unreadable' });
  });

  it('honours ignore files above the root up to its repository when asked to', async () => {
    const folder = await TempFolder.create({
      '.gitignore': 'never.md',
      'repo/.git/info/exclude': 'local.md',
      'repo/.gitignore': '/a/b/*.tmp\n',
      'repo/a/.gitignore': 'c.md',
      'repo/a/b/c.md': '',
      'repo/a/b/x.tmp': '',
      'repo/a/b/local.md': '',
      'repo/a/b/never.md': '',
    });
    const roots = [{ uri: folder.uriOf('repo/a/b'), name: 'b' }];
    const options = { roots, include: [], exclude: [] };
    expect((await collect({ ...options, parentIgnoreFiles: true })).files).toEqual(['never.md']);
    expect((await collect(options)).files).toEqual(['c.md', 'local.md', 'never.md', 'x.tmp']);
  });

  it('does not apply a repository to another one inside it', async () => {
    const folder = await TempFolder.create({
      '.git/x': '',
      '.gitignore': '*.md',
      'in/.git': 'gitdir: x',
      'in/a.md': '',
      'b.md': '',
    });
    expect((await find(folder, { include: ['*.md'] })).files).toEqual(['in/a.md']);
  });

  it('walks several roots, and a root inside another once', async () => {
    const folder = await TempFolder.create({ 'a/1.md': '', 'a/in/2.md': '', 'b/3.md': '' });
    const roots = ['a', 'a/in', 'b', 'b'].map((name) => ({ uri: folder.uriOf(name), name }));
    expect((await collect({ roots, include: [], exclude: [] })).files).toEqual(['1.md', '2.md', '3.md']);
  });

  it('counts names without touching the files', async () => {
    const folder = await TempFolder.create({ 'a.md': 'x'.repeat(50), 'b/c.md': '' });
    expect((await find(folder, { detail: 'names', maxFileBytes: 1 })).files).toEqual(['a.md', 'b/c.md']);
  });

  it('stops when it is cancelled', async () => {
    const folder = await TempFolder.create(Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`${n}.md`, ''])));
    const cancel = new AbortController();
    let seen = 0;
    const walk = async () => {
      const options = { roots: [{ uri: folder.uri, name: 'w' }], include: [], exclude: [], signal: cancel.signal };
      for await (const entry of findFiles(new NodeFileTree(), options))
        if (++seen === 10 && entry.type === 'file') cancel.abort();
    };
    await expect(walk()).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toBeLessThan(40);
  });

  it('survives names of every kind', async () => {
    const names = [
      'a b.md',
      'ü.md',
      '100%.md',
      '#x.md',
      '!y.md',
      'q?.md',
      '[z].md',
      'back\\slash.md',
      '..dots.md',
      "quo'te.md",
    ];
    const folder = await TempFolder.create(Object.fromEntries(names.map((name) => [`in ${name}/${name}`, 'x'])));
    await mkdir(folder.at('empty'));
    const { files, skips } = await find(folder);
    expect(skips).toEqual([]);
    expect(files.sort()).toEqual(names.map((name) => `in ${name}/${name}`).sort());
  });
});
