// The index against the disk: changed, gone and new files, found without classifying anything.
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { checkDisk, type DiskCheckOptions, type DiskFindings } from '../../../src/workspace/disk/checkDisk';
import { markdownHead } from '../../../src/workspace/export/heads';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import type { TagStore } from '../../../src/workspace/store/tagStore';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const task = taskIdentity(labelSet(), null);
const files = { 'a.md': 'text a', 'b.md': 'text b', 'sub/c.md': 'text c', 'sub/d.md': 'text d' };

async function tagged(content: Record<string, string> = files) {
  const folder = await TempFolder.create(content);
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier()).start();
  return { folder, store };
}

/** What was found, by path; sorted. */
async function check(
  folder: TempFolder,
  store: TagStore,
  more: Partial<DiskCheckOptions> & { start?: string; tree?: NodeFileTree } = {},
) {
  const { start, tree = new NodeFileTree(), ...options } = more;
  const records = store.diskRecords(task);
  const total: Record<keyof DiskFindings, string[]> = { touched: [], gone: [], added: [] };
  const root = { uri: folder.uri, name: 'work', ...(start === undefined ? {} : { start }) };
  const find = { roots: [root], include: [], exclude: ['.index'], ignoreCase: false };
  for await (const found of checkDisk(tree, records, { find, read: {}, covered: records.covered(), ...options }))
    for (const kind of ['touched', 'gone', 'added'] as const)
      total[kind].push(...found[kind].map((uri) => uri.slice(folder.uri.length + 1)));
  for (const list of Object.values(total)) list.sort();
  return total;
}

const nothing = { touched: [], gone: [], added: [] };
const stale = async (store: TagStore) =>
  Object.entries(await shown(store))
    .filter(([, document]) => document.stale)
    .map(([path]) => path)
    .sort();

it('finds nothing where nothing happened', async () => {
  const { folder, store } = await tagged();
  expect(await check(folder, store)).toEqual(nothing);
});

it('finds what changed, went and came, and keeps that', async () => {
  const { folder, store } = await tagged();
  await folder.write('a.md', 'text A');
  await folder.write('sub/c.md', 'a longer text');
  await rm(folder.at('b.md'));
  await folder.write('sub/new.md', 'new');
  expect(await check(folder, store)).toEqual({
    touched: ['a.md', 'sub/c.md'],
    gone: ['b.md'],
    added: ['sub/new.md'],
  });
  expect(await stale(store)).toEqual(['a.md', 'sub/c.md']);
  expect(Object.keys(await shown(store)).sort()).toEqual(['a.md', 'sub/c.md', 'sub/d.md']);
  // The next window need not find it out again; what is new is still new.
  expect(await check(folder, store)).toEqual({ ...nothing, added: ['sub/new.md'] });
  const classifier = new FakeClassifier();
  expect(await newRun(folder, store, classifier).start()).toMatchObject({ classified: 3, reused: 1 });
  expect(await check(folder, store)).toEqual(nothing);
  expect(await stale(store)).toEqual([]);
});

it('is not misled by a new time alone, and sees when a text is the tagged one again', async () => {
  const { folder, store } = await tagged();
  await utimes(folder.at('a.md'), 1_700_000_000, 1_700_000_000.5);
  expect((await check(folder, store)).touched).toEqual(['a.md']);
  expect(await stale(store)).toEqual([]);
  expect(await check(folder, store)).toEqual(nothing);
  await folder.write('a.md', 'something longer');
  await check(folder, store);
  expect(await stale(store)).toEqual(['a.md']);
  await folder.write('a.md', 'text a');
  await check(folder, store);
  expect(await stale(store)).toEqual([]);
});

it('does not trust a time of just now, nor one that said nothing', async () => {
  const { folder, store } = await tagged();
  await writeFile(folder.at('a.md'), 'text A');
  const { mtimeMs } = await new NodeFileTree().stat(folder.uriOf('a.md'));
  await check(folder, store, { now: () => mtimeMs + 10 });
  expect(await stale(store)).toEqual(['a.md']);
  // Written again within the clock's grain: same size, same time.
  await writeFile(folder.at('a.md'), 'text a');
  await utimes(folder.at('a.md'), mtimeMs / 1000, mtimeMs / 1000);
  await check(folder, store);
  expect(await stale(store)).toEqual([]);
});

it('counts as new only what a run would tag, in the folders that runs went through', async () => {
  const folder = await TempFolder.create({ ...files, '.gitignore': '*.log' });
  const store = await openStore(folder);
  expect((await check(folder, store)).added).toEqual([]);
  const root = { uri: folder.uri, name: 'work' };
  await newRun(folder, store, new FakeClassifier(), { find: { roots: [{ ...root, start: 'sub' }] } }).start();
  await folder.write('top.md', 'not covered');
  await folder.write('sub/new.md', 'covered');
  await folder.write('sub/new.log', 'ignored');
  await folder.write('sub/empty.md', ' \n');
  await folder.write('sub/data.md', '\0');
  expect((await check(folder, store)).added).toEqual(['sub/new.md']);
  expect((await check(folder, store, { start: 'sub/new.md' })).added).toEqual(['sub/new.md']);
  expect((await check(folder, store, { start: 'sub/new.log' })).added).toEqual([]);
  expect((await check(folder, store, { start: 'top.md' })).added).toEqual([]);
});

it('looks for documents outside those folders one by one', async () => {
  const { folder, store } = await tagged();
  const elsewhere = { covered: [] };
  await folder.write('a.md', 'changed');
  await rm(folder.at('sub'), { recursive: true });
  await folder.write('new.md', 'new');
  expect(await check(folder, store, elsewhere)).toEqual({
    touched: ['a.md'],
    gone: ['sub/c.md', 'sub/d.md'],
    added: [],
  });
});

it('looks only where it is told to', async () => {
  const { folder, store } = await tagged();
  for (const name of ['a.md', 'sub/c.md']) await folder.write(name, 'changed');
  for (const name of ['b.md', 'sub/d.md']) await rm(folder.at(name));
  expect(await check(folder, store, { start: 'sub' })).toEqual({
    touched: ['sub/c.md'],
    gone: ['sub/d.md'],
    added: [],
  });
  expect(await check(folder, store, { start: 'b.md' })).toEqual({ ...nothing, gone: ['b.md'] });
  expect(await check(folder, store)).toEqual({ ...nothing, touched: ['a.md'] });
});

it('takes a folder that is away for a drive that is away, not for deleted files', async () => {
  const { folder, store } = await tagged({ 'work/a.md': 'text a', 'work/b.md': 'text b' });
  const root = { uri: folder.uriOf('work'), name: 'work' };
  await newRun(folder, store, new FakeClassifier(), { find: { roots: [root] } }).start();
  const find = { roots: [root], include: [], exclude: [], ignoreCase: false };
  await rename(folder.at('work'), folder.at('away'));
  expect(await check(folder, store, { find })).toEqual(nothing);
  await folder.write('work/.keep', '');
  await rm(folder.at('work/.keep'));
  expect(await check(folder, store, { find })).toEqual(nothing);
  expect(Object.keys(await shown(store))).toHaveLength(2);
});

/** A real folder of which the system refuses to say anything about some places. */
class RefusingTree extends NodeFileTree {
  constructor(private readonly refuses: (uri: string) => boolean) {
    super();
  }

  override readDirectory(uri: string) {
    return this.refuses(uri) ? refusal() : super.readDirectory(uri);
  }

  override stat(uri: string) {
    return this.refuses(uri) ? refusal() : super.stat(uri);
  }
}

function refusal(): Promise<never> {
  return Promise.reject(Object.assign(new Error('refused'), { code: 'EACCES' }));
}

it('concludes nothing of a place that cannot be looked into', async () => {
  const { folder, store } = await tagged();
  await rm(folder.at('sub/d.md'));
  const away = new RefusingTree((uri) => uri.startsWith(folder.uriOf('sub')));
  expect(await check(folder, store, { tree: away })).toEqual(nothing);
  // The folder cannot be listed, though a file in it is said to be gone.
  const unlisted = new RefusingTree((uri) => uri === folder.uriOf('sub'));
  expect(await check(folder, store, { tree: unlisted })).toEqual(nothing);
  // One file that says nothing of itself is no deleted file.
  const locked = new RefusingTree((uri) => uri === folder.uriOf('a.md'));
  expect(await check(folder, store, { tree: locked, covered: [] })).toEqual({ ...nothing, gone: ['sub/d.md'] });
});

it('tells many findings in portions, each once, and counts new files beyond those that it reads', async () => {
  const many = (name: string, text: string) =>
    Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`${name}/${at}.txt`, `${text} ${at}`]));
  const { folder, store } = await tagged(many('old', 'text'));
  for (const [path, text] of Object.entries({ ...many('old', 'a longer text'), ...many('new', 'new') }))
    await folder.write(path, text);
  let reads = 0;
  class CountingTree extends NodeFileTree {
    override readFile(uri: string) {
      reads++;
      return super.readFile(uri);
    }
  }
  const { touched, added } = await check(folder, store, { tree: new CountingTree() });
  expect(reads).toBe(200);
  expect([touched.length, new Set(touched).size]).toEqual([300, 300]);
  expect([added.length, new Set(added).size]).toEqual([300, 300]);
});

it('does not count what GLiTag exported as new', async () => {
  const { folder, store } = await tagged();
  await folder.write('export.md', `${markdownHead}| a.md | bug (0.87) |\n`);
  expect(await check(folder, store)).toEqual(nothing);
});

it('holds the editor’s text against the index where a document has unsaved changes', async () => {
  const { folder, store } = await tagged();
  const read = { textOf: (uri: string) => (uri === folder.uriOf('a.md') ? 'unsaved' : undefined) };
  expect((await check(folder, store, { read })).touched).toEqual(['a.md']);
  expect(await stale(store)).toEqual(['a.md']);
  // The changes were thrown away.
  expect((await check(folder, store)).touched).toEqual(['a.md']);
  expect(await stale(store)).toEqual([]);
});

it('does not write over what a run found meanwhile', async () => {
  const { folder, store } = await tagged();
  const records = store.diskRecords(task);
  const before = records.find(folder.uriOf('a.md'));
  if (!before) throw new Error('not there');
  await folder.write('a.md', 'changed');
  await newRun(folder, store, new FakeClassifier()).start();
  records.saw(before, { size: 1, mtimeMs: 1, hash: null, source: null });
  expect(await stale(store)).toEqual([]);
});

it('remembers whether the last run over folders came to its end', async () => {
  const { folder, store } = await tagged();
  const records = store.diskRecords(task);
  const scope = [{ uri: folder.uri, start: '' }];
  expect(records.unfinished()).toBeNull();
  await folder.write('new.md', 'new');
  expect(records.covered()).toEqual(scope);
  const stop = new AbortController();
  await newRun(folder, store, new FakeClassifier(), {
    onDocuments: () => {
      stop.abort();
    },
    signal: stop.signal,
  }).start();
  expect(records.unfinished()).toEqual(scope);
  // A single file says nothing of the folder.
  const asked = { uri: folder.uri, name: 'work', start: 'new.md', asked: true as const };
  await newRun(folder, store, new FakeClassifier(), { find: { roots: [asked] }, exclusive: false }).start();
  expect(records.unfinished()).toEqual(scope);
  // Nor does a run of other labels say what these have left.
  await newRun(folder, store, new FakeClassifier(), { set: labelSet(['other']) }).start();
  expect(records.unfinished()).toEqual(scope);
  await newRun(folder, store, new FakeClassifier()).start();
  expect(records.unfinished()).toBeNull();
});
