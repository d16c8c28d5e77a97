// Front matter through a run, the index and the disk: no text for the model, tags that are given, evidence that points into the file.
import { expect, it } from 'vitest';
import { fileSpan } from '../../../src/core/excerpt';
import { checkDisk } from '../../../src/workspace/disk/checkDisk';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { writeTags } from '../../../src/workspace/frontMatter/writeTags';
import type { TagStore } from '../../../src/workspace/store/tagStore';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import type { ReadOptions } from '../../../src/workspace/types';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore } from './runHelpers';
import { TempFolder } from './tempFolder';

const task = taskIdentity(labelSet(), null);
const body = 'A sentence.\nAnother one.\n';
const reading: ReadOptions = { frontMatter: { key: 'tags', read: true } };

async function tagged(content: string) {
  const folder = await TempFolder.create({ 'a.md': content });
  const store = await openStore(folder);
  const stats = await newRun(folder, store, new FakeClassifier()).start();
  expect(stats.classified).toBe(1);
  return { folder, store, uri: folder.uriOf('a.md') };
}

function detailsOf(store: TagStore, uri: string) {
  const details = store.details(uri, task, modelHash);
  if (!details) throw new Error(`${uri} has no tags`);
  return details;
}

async function check(folder: TempFolder, store: TagStore, read: ReadOptions = {}) {
  const find = { roots: [{ uri: folder.uri, name: 'work' }], include: [], exclude: ['.index'] };
  const touched = [];
  for await (const found of checkDisk(new NodeFileTree(), store.diskRecords(task), { find, read, covered: [] }))
    touched.push(...found.touched);
  return touched;
}

it('is left out of the text, with evidence that points into the file', async () => {
  const content = `---\nTitle: x\nTags: [todo, Urgent]\n---\n\n${body}`;
  const { store, uri } = await tagged(content);
  const { evidence, runs, given } = detailsOf(store, uri);
  expect([...evidence.slice(0, 2)]).toEqual([0, body.length]);
  const { start, end } = fileSpan(runs, { start: 0, end: body.length });
  expect(content.slice(start, end)).toBe(body);
  expect(given).toEqual(['todo', 'Urgent']);
});

it('shares one result among documents of one text', async () => {
  const content = { 'a.md': `---\ntags: [a]\n---\n${body}`, 'b.md': body };
  const folder = await TempFolder.create(content);
  const store = await openStore(folder);
  const classifier = new FakeClassifier();
  const stats = await newRun(folder, store, classifier).start();
  expect([stats.classified, stats.reused]).toEqual([1, 1]);
  expect(detailsOf(store, folder.uriOf('a.md')).runs).toEqual([0, 18]);
  expect(detailsOf(store, folder.uriOf('b.md')).runs).toEqual([]);
});

it('never makes a document stale when tags are written into it', async () => {
  const { folder, store, uri } = await tagged(body);
  const edit = writeTags(body, ['topic/planning']);
  if (!edit) throw new Error('nothing was written');
  await folder.write('a.md', body.slice(0, edit.start) + edit.newText + body.slice(edit.end));
  expect(await check(folder, store)).toEqual([uri]);
  const { stale, given, runs } = detailsOf(store, uri);
  expect({ stale, given }).toEqual({ stale: false, given: ['topic/planning'] });
  expect(runs).toHaveLength(2);
  const stats = await newRun(folder, store, new FakeClassifier()).start();
  expect([stats.classified, stats.reused]).toEqual([0, 1]);
});

it('is read where the setting says so, which makes documents stale that were read without', async () => {
  const { folder, store, uri } = await tagged(`---\ntitle: A title\ntags: [todo]\n---\n${body}`);
  expect(await check(folder, store)).toEqual([]);
  expect(await check(folder, store, reading)).toEqual([uri]);
  expect(detailsOf(store, uri).stale).toBe(true);
  const texts: string[] = [];
  const score = (text: string) => {
    texts.push(text);
    return 0.5;
  };
  await newRun(folder, store, new FakeClassifier({ score }), { read: reading }).start();
  expect([...new Set(texts)]).toEqual([`---\ntitle: A title\n---\n${body}`]);
  expect(detailsOf(store, uri).stale).toBe(false);
});

it('is no text by itself', async () => {
  const folder = await TempFolder.create({ 'a.md': '---\ntitle: x\n---\n\n' });
  const store = await openStore(folder);
  await newRun(folder, store, new FakeClassifier()).start();
  const skips = [];
  for await (const batch of store.skips(task)) skips.push(...batch);
  const detail = 'nothing but front matter';
  expect(skips.find(({ path }) => path === 'a.md')).toMatchObject({ reason: 'empty', detail });
});
