// Words of folders and front matter, and what a model sees of them.
import { expect, test } from 'vitest';
import { type FoundName, vocabulary } from '../../../src/core/gallery/vocabulary';
import { atOnce } from '../../../src/core/slices';
import { readDocument } from '../../../src/workspace/read/readDocument';
import { askAgreement, mostDocuments, perWord } from '../../../src/workspace/vocabulary/askAgreement';
import { collectNames, maxFiles } from '../../../src/workspace/vocabulary/collectNames';
import { FakeClassifier } from '../../support/fakeClassifier';
import { MemoryTree } from './memoryTree';

const vocabularyOf = (found: Iterable<FoundName>) => atOnce(vocabulary(found));

const tree = (files: Readonly<Record<string, string>>): MemoryTree => {
  const memory = new MemoryTree();
  for (const [path, text] of Object.entries(files)) memory.write(path, text);
  return memory;
};

const reading = (memory: MemoryTree) => ({
  read: (uri: string) => readDocument(memory, { uri }, {}),
  signal: new AbortController().signal,
  onProgress: () => undefined,
});

const collect = (memory: MemoryTree, signal = new AbortController().signal) =>
  collectNames(memory, {
    ...reading(memory),
    signal,
    find: { roots: [{ uri: 'mem:', name: 'notes' }], include: [], exclude: ['**/skip/**'] },
  });

test('finds tags in front matter and names of folders, reads only Markdown, and obeys the globs', async () => {
  const memory = tree({
    'law/old/a.md': '---\ntags: [rent, Contracts]\n---\nThe lease ends.',
    'law/b.txt': '---\ntags: [no]\n---\nA text.',
    'skip/c.md': '---\ntags: [skipped]\n---\nText.',
    '.tool/d.md': '---\ntags: [inside]\n---\nText.',
  });
  const { names, files, cut } = await collect(memory);
  expect(names.map(({ name, source, document }) => [name, source, document.split('/').at(-1)])).toEqual([
    ['inside', 'front matter', 'd.md'],
    ['law', 'folder', 'b.txt'],
    ['rent', 'front matter', 'a.md'],
    ['Contracts', 'front matter', 'a.md'],
    ['law', 'folder', 'a.md'],
    ['old', 'folder', 'a.md'],
  ]);
  expect([files, cut, memory.reads]).toEqual([3, false, 2]);
});

test('looks at so many files at most, and says that there are more only where there are', async () => {
  const memory = tree(
    Object.fromEntries(Array.from({ length: maxFiles }, (_, at): [string, string] => [`law/${at}.txt`, ''])),
  );
  expect(await collect(memory)).toMatchObject({ files: maxFiles, cut: false });
  memory.write('law/more.txt', '');
  const { files, cut, names } = await collect(memory);
  expect([files, cut, names.length]).toEqual([maxFiles, true, maxFiles]);
});

test('stops when it is told to', async () => {
  const abort = new AbortController();
  abort.abort();
  await expect(collect(tree({ 'law/a.md': 'x' }), abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
});

test('asks about a bounded sample in which rare words come too', async () => {
  const files = Object.fromEntries([
    ...Array.from({ length: 400 }, (_, at) => [`big/${at}.txt`, 'big']),
    ...Array.from({ length: 2 }, (_, at) => [`rare/${at}.txt`, 'rare']),
  ]) as Record<string, string>;
  const memory = tree(files);
  const words = vocabularyOf((await collect(memory)).names);
  memory.reads = 0;
  const seen = await askAgreement(new FakeClassifier(), words, { ...reading(memory), threshold: 0 });
  expect(memory.reads).toBe(perWord + 2);
  expect(seen.get('big')).toEqual({ carrying: perWord, agreed: perWord, others: 2, given: 2 });
  expect(seen.get('rare')).toMatchObject({ carrying: 2, others: perWord });
  expect(perWord * 40).toBeGreaterThan(mostDocuments);
});

test('leaves out documents that are gone by then', async () => {
  const memory = tree({ 'law/a.txt': 'law', 'law/b.txt': 'law' });
  const words = vocabularyOf((await collect(memory)).names);
  const read = (uri: string) => readDocument(tree({ 'law/a.txt': 'law' }), { uri }, {});
  const seen = await askAgreement(new FakeClassifier(), words, { ...reading(memory), read, threshold: 0 });
  expect(seen.get('law')).toMatchObject({ carrying: 1 });
});
