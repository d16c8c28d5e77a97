// Runs over real folders: what is classified, reused, relabelled, skipped, removed; pause, cancel, failures.
import { readdir, rename, rm } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import type { ClassifyOptions, DocumentInput } from '../../../src/shared/classifier';
import { AppError } from '../../../src/shared/errors';
import { modelChangeText } from '../../../src/workspace/run/modelChange';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import type { RunProgress, Skip } from '../../../src/workspace/types';
import { taughtHash } from '../../../src/shared/taughtHash';
import { FakeClassifier } from '../../support/fakeClassifier';
import { labelSet, modelHash, newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

const nothing = { classified: 0, reused: 0, relabelled: 0, skipped: 0, failed: 0, removed: 0 };
/** The index's own folder is left out, and counted as one skip. */
const skipped = 1;

function files(count: number, text = (n: number) => `text ${n}`): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n % 7}/${n}.md`, text(n)]));
}

describe('WorkspaceRun', () => {
  it('classifies each text once and nothing the second time', async () => {
    const folder = await TempFolder.create({ ...files(150), 'copy.md': 'text 3', 'z/copy.md': 'text 3' });
    const store = await openStore(folder);
    const classifier = new FakeClassifier();
    expect(await newRun(folder, store, classifier).start()).toEqual({
      ...nothing,
      classified: 150,
      reused: 2,
      skipped,
    });
    const first = await shown(store);
    expect(Object.keys(first)).toHaveLength(152);
    expect(first['copy.md']).toEqual(first['d3/3.md']);
    expect(classifier.classified).toHaveLength(150);
    const read = vi.fn();
    const second = newRun(folder, store, classifier, { read: { encodingOf: read.mockReturnValue('utf8') } });
    expect(await second.start()).toEqual({ ...nothing, reused: 152, skipped });
    expect(read).not.toHaveBeenCalled();
    expect(await shown(store)).toEqual(first);
  });

  it('makes the classifier ready for the first document that needs it, and for no run without one', async () => {
    const folder = await TempFolder.create(files(150));
    const store = await openStore(folder);
    const first = new FakeClassifier();
    await newRun(folder, store, first).start();
    expect(first.isPrepared).toBe(true);
    const idle = new FakeClassifier();
    await newRun(folder, store, idle).start();
    expect(idle.isPrepared).toBe(false);
    const relabelling = new FakeClassifier();
    const others = labelSet(['idea', 'praise']);
    await newRun(folder, store, relabelling, { set: others }).start();
    expect(relabelling.isPrepared).toBe(true);
    // With one new text among many old ones, before the batch is sent at the end.
    await folder.write('a.md', 'a new text');
    const late = new FakeClassifier({
      beforeEach: () => {
        expect(late.isPrepared).toBe(true);
      },
    });
    await newRun(folder, store, late).start();
    expect(late.classified).toHaveLength(1);
  });

  it('scores kept vectors against a changed label set without reading a file', async () => {
    const folder = await TempFolder.create({ ...files(300), 'copy.md': 'text 3' });
    const store = await openStore(folder);
    const classifier = new FakeClassifier();
    await newRun(folder, store, classifier).start();
    const read = vi.fn().mockReturnValue('utf8');
    const set = labelSet(['bug', 'idea', 'question', 'praise']);
    expect(await newRun(folder, store, classifier, { set, read: { encodingOf: read } }).start()).toEqual({
      ...nothing,
      relabelled: 301,
      skipped,
    });
    expect(read).not.toHaveBeenCalled();
    expect(classifier.classified).toHaveLength(300);
    const direct = await classifier.classify([{ id: 'x', text: 'text 7' }], {
      labels: ['bug', 'idea', 'question', 'praise'],
      mode: 'multi-label',
      examples: [],
    });
    expect((await shown(store, set))['d0/7.md']?.scores).toEqual([...(direct[0]?.ok ? direct[0].scores : [])]);
    // Back to the first set: everything is still there.
    expect(await newRun(folder, store, classifier).start()).toEqual({ ...nothing, reused: 301, skipped });
  });

  it('classifies again when prompt, chunk length or model change, and not when a threshold does', async () => {
    const folder = await TempFolder.create(files(5));
    const store = await openStore(folder);
    const classifier = new FakeClassifier();
    await newRun(folder, store, classifier).start();
    const threshold = labelSet(undefined, { threshold: 0.9 });
    expect(await newRun(folder, store, classifier, { set: threshold }).start()).toMatchObject({
      reused: 5,
      classified: 0,
    });
    const prompt = labelSet(undefined, { prompt: 'What is it?' });
    expect(await newRun(folder, store, classifier, { set: prompt }).start()).toMatchObject({ classified: 5 });
    expect(await newRun(folder, store, classifier, { chunkTokens: 64 }).start()).toMatchObject({ classified: 5 });
    const other = new FakeClassifier({ description: { hash: 'other' } });
    const isStale = async (model: string) => (await shown(store, labelSet(), null, model))['d0/0.md']?.stale;
    expect(await isStale('other')).toBe(true);
    expect(await newRun(folder, store, other).start()).toMatchObject({ classified: 5 });
    // Each model has its own results; a third one has none.
    expect(await isStale('other')).toBe(false);
    expect(await isStale(modelHash)).toBe(false);
    expect(await isStale('third')).toBe(true);
  });

  it('tags again what an older model tagged, without its vectors, and says why', async () => {
    const folder = await TempFolder.create(files(6));
    const store = await openStore(folder);
    const older = new FakeClassifier({ description: { hash: 'older' } });
    const first = newRun(folder, store, older);
    await first.start();
    expect(first.progress.modelChange).toBeNull();
    // One text that both have read, and one that is gone.
    const newer = new FakeClassifier();
    const part = [{ uri: folder.uri, name: 'work', start: 'd0' }];
    await newRun(folder, store, newer, { find: { roots: part } }).start();
    await rm(folder.at('d5/5.md'));

    const changes: unknown[] = [];
    const run = newRun(folder, store, newer, { onProgress: ({ modelChange }) => changes.push(modelChange) });
    expect(await run.start()).toMatchObject({ classified: 4, relabelled: 0, reused: 1 });
    expect(newer.rescored).toEqual([]);
    const change = { documents: 5, model: 'fake', sameName: true, onlyExamples: false };
    expect(run.progress.modelChange).toEqual(change);
    expect(changes.at(-1)).toEqual(change);
    expect(modelChangeText(change)).toBe('The model fake is newer: 5 documents are tagged again');
    expect(Object.values(await shown(store)).map(({ stale }) => stale)).toEqual(new Array(5).fill(false));
    // From now on nothing is of another model, and other labels are scored from the new vectors.
    const again = newRun(folder, store, newer);
    expect(await again.start()).toMatchObject({ classified: 0, reused: 5 });
    expect(again.progress.modelChange).toBeNull();
    const others = newRun(folder, store, newer, { set: labelSet(['one', 'two']) });
    expect(await others.start()).toMatchObject({ classified: 0, relabelled: 5 });
    expect(others.progress.modelChange).toBeNull();
  });

  it('tells other examples of one model from another model, and drops what was scored with examples of before', async () => {
    const folder = await TempFolder.create(files(3));
    const store = await openStore(folder);
    const changeTo = async (hash: string) => {
      const run = newRun(folder, store, new FakeClassifier({ description: { hash } }));
      const { classified } = await run.start();
      return { classified, change: run.progress.modelChange?.onlyExamples };
    };
    expect(await changeTo('a')).toEqual({ classified: 3, change: undefined });
    expect(await changeTo(taughtHash('a', 'x'))).toEqual({ classified: 3, change: true });
    expect(await changeTo(taughtHash('a', 'y'))).toEqual({ classified: 3, change: true });
    // Undone, and redone.
    expect(await changeTo(taughtHash('a', 'x'))).toEqual({ classified: 0, change: undefined });
    expect(await changeTo(taughtHash('b', 'x'))).toEqual({ classified: 3, change: false });
    // Of the lessons the last two are kept, of a model without any all.
    expect(await changeTo(taughtHash('a', 'y'))).toEqual({ classified: 3, change: false });
    expect(await changeTo('a')).toEqual({ classified: 0, change: undefined });
  });

  it('moves the bar while a batch is under way, and never back', async () => {
    const folder = await TempFolder.create(files(300));
    const seen: RunProgress[] = [];
    let now = 0;
    const run = newRun(folder, await openStore(folder), new FakeClassifier({ beforeEach: () => void (now += 200) }), {
      now: () => now,
      onProgress: (progress) => seen.push(progress),
    });
    await run.start();
    const done = seen.map((progress) => progress.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    // More steps than batches, of which the second half of the documents makes two.
    expect(new Set(done.filter((count) => count > 150)).size).toBeGreaterThan(20);
    expect(seen.some((progress) => progress.done > progress.stats.classified)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ done: 300, stats: { classified: 300 } });
  });

  it('says in words which model it was', () => {
    const embedded = { documents: 1204, model: 'glitag-small-en', sameName: true, onlyExamples: false };
    expect(modelChangeText(embedded)).toBe('The embedded model is newer: 1,204 documents are tagged again');
    const mine = { documents: 1, model: 'mine', sameName: false, onlyExamples: false };
    expect(modelChangeText(mine)).toBe('The model mine is another than before: 1 document is tagged again');
    expect(modelChangeText({ ...mine, onlyExamples: true })).toBe('Following decisions: 1 document is tagged again');
  });

  it('keeps tags of renamed files, drops deleted ones, and sees changed ones', async () => {
    const folder = await TempFolder.create(files(10));
    const store = await openStore(folder);
    const classifier = new FakeClassifier();
    await newRun(folder, store, classifier).start();
    await rename(folder.at('d1/1.md'), folder.at('renamed.md'));
    await rm(folder.at('d2/2.md'));
    await folder.write('d3/3.md', 'TEXT 3');
    const removed: string[] = [];
    const run = newRun(folder, store, classifier, { onRemoved: (uris) => removed.push(...uris) });
    expect(await run.start()).toEqual({ ...nothing, classified: 1, reused: 8, removed: 2, skipped });
    expect(removed.sort()).toEqual([folder.uriOf('d1/1.md'), folder.uriOf('d2/2.md')]);
    expect(Object.keys(await shown(store)).sort()).toEqual(
      ['d0/0.md', 'd0/7.md', 'd1/8.md', 'd2/9.md', 'd3/3.md', 'd4/4.md', 'd5/5.md', 'd6/6.md', 'renamed.md'].sort(),
    );
  });

  it('keeps another label set’s documents, and those of a folder that cannot be read', async () => {
    const folder = await TempFolder.create({ 'a/1.md': 'one', 'b/2.md': 'two' });
    const store = await openStore(folder);
    const classifier = new FakeClassifier();
    const set = labelSet(['other']);
    await newRun(folder, store, classifier).start();
    await newRun(folder, store, classifier, { set, find: { include: ['a/**'] } }).start();
    expect(Object.keys(await shown(store))).toEqual(['a/1.md', 'b/2.md']);
    expect(Object.keys(await shown(store, set))).toEqual(['a/1.md']);
    const away = {
      roots: [
        { uri: folder.uriOf('gone'), name: 'gone' },
        { uri: folder.uri, name: 'work' },
      ],
    };
    expect(await newRun(folder, store, classifier, { find: away }).start()).toMatchObject({
      removed: 0,
      skipped: skipped + 1,
    });
    await rename(folder.at('a'), folder.at('elsewhere'));
    const part = { roots: [{ uri: folder.uri, name: 'work', start: 'b' }] };
    expect(await newRun(folder, store, classifier, { find: part }).start()).toMatchObject({ removed: 0, reused: 1 });
    expect(Object.keys(await shown(store))).toEqual(['a/1.md', 'b/2.md']);
  });

  it('lists each skip with its reason, and forgets it when it no longer holds', async () => {
    const folder = await TempFolder.create({
      '.gitignore': '*.log',
      'a.log': 'x',
      'b.md': '\0binary',
      'c.md': ' ',
      'd.md': 'fine',
    });
    const store = await openStore(folder);
    const events: Skip[] = [];
    const stats = await newRun(folder, store, new FakeClassifier(), {
      onSkips: (skips) => events.push(...skips),
    }).start();
    expect(stats).toMatchObject({ classified: 2, skipped: 4 });
    const skips = async () => {
      const all = [];
      for await (const batch of store.skips(taskIdentity(labelSet(), null))) all.push(...batch);
      return Object.fromEntries(all.map(({ path, reason }) => [path, reason]));
    };
    expect(await skips()).toEqual({ '.index': 'excluded', 'a.log': 'ignored', 'b.md': 'binary', 'c.md': 'empty' });
    expect(events).toHaveLength(4);
    await folder.write('b.md', 'text now');
    await rm(folder.at('c.md'));
    await folder.write('d.md', '\0now it is not');
    expect(await newRun(folder, store, new FakeClassifier()).start()).toMatchObject({ classified: 1, reused: 1 });
    expect(await skips()).toEqual({ '.index': 'excluded', 'a.log': 'ignored', 'd.md': 'binary' });
    expect(Object.keys(await shown(store)).sort()).toEqual(['.gitignore', 'b.md']);
  });

  it('takes the editor’s text of documents with unsaved changes', async () => {
    const folder = await TempFolder.create({ 'a.md': 'on disk' });
    const store = await openStore(folder);
    const texts = new Map([[folder.uriOf('a.md'), 'in the editor']]);
    const seen: string[] = [];
    const classifier = new FakeClassifier({ score: (text) => (seen.push(text), 0.5) });
    await newRun(folder, store, classifier, { read: { textOf: (uri) => texts.get(uri) } }).start();
    expect([...new Set(seen)]).toEqual(['in the editor']);
    texts.clear();
    await newRun(folder, store, classifier).start();
    expect([...new Set(seen)]).toEqual(['in the editor', 'on disk']);
    expect(Object.keys(await shown(store))).toEqual(['a.md']);
  });

  it('takes a file that was asked for by name whatever the rules say, and says so where there is none', async () => {
    const folder = await TempFolder.create({ '.gitignore': '*.log', 'a.md': 'a', 'sub/b.log': 'b', 'sub/c.log': 'c' });
    const store = await openStore(folder);
    const asked = (start: string) => ({
      find: { roots: [{ uri: folder.uri, name: 'work', start, asked: true as const }] },
    });
    const run = (start: string) => newRun(folder, store, new FakeClassifier(), { ...asked(start), exclusive: false });
    expect(await run('sub/b.log').start()).toMatchObject({ classified: 1, skipped: 0, removed: 0 });
    expect(Object.keys(await shown(store))).toEqual(['sub/b.log']);
    // The same key as in a run: nothing is classified twice.
    expect(await run('sub/b.log').start()).toMatchObject({ classified: 0, reused: 1 });
    await rm(folder.at('sub/b.log'));
    expect(await run('sub/b.log').start()).toMatchObject({ skipped: 1 });
    expect(await shown(store)).toEqual({});
  });

  it('goes on after a document that fails, and tries it again next time', async () => {
    const folder = await TempFolder.create(files(40));
    const store = await openStore(folder);
    const failing = new FakeClassifier({ failing: (text) => text === 'text 20' });
    expect(await newRun(folder, store, failing).start()).toMatchObject({
      classified: 39,
      failed: 1,
      skipped: skipped + 1,
    });
    expect(await newRun(folder, store, new FakeClassifier()).start()).toMatchObject({
      classified: 1,
      reused: 39,
      failed: 0,
      skipped,
    });
  });

  it('halves a batch that fails as a whole until the bad document is alone, and remembers a poison document', async () => {
    const folder = await TempFolder.create(files(40));
    const store = await openStore(folder);
    class Crashing extends FakeClassifier {
      calls = 0;
      override classify(
        documents: readonly DocumentInput[],
        ...rest: [Parameters<FakeClassifier['classify']>[1], ClassifyOptions?]
      ) {
        this.calls++;
        if (documents.some(({ text }) => text === 'text 20'))
          throw new AppError('document-poison', 'It crashed the model twice.');
        return super.classify(documents, ...rest);
      }
    }
    const crashing = new Crashing();
    expect(await newRun(folder, store, crashing).start()).toMatchObject({ classified: 39, failed: 1 });
    // One session may have been the machine's fault; the second makes it the document's.
    const later = await openStore(folder, { session: 'a later one' });
    expect(await newRun(folder, later, crashing).start()).toMatchObject({ reused: 39, failed: 1 });
    const { calls } = crashing;
    expect(await newRun(folder, store, crashing).start()).toMatchObject({ reused: 39, failed: 1 });
    expect(crashing.calls).toBe(calls);
    expect(await newRun(folder, store, crashing, { retryFailed: true }).start()).toMatchObject({ failed: 1 });
    expect(crashing.calls).toBe(calls + 1);
  });

  it('ends with the error that every document would meet, and keeps what was done', async () => {
    const folder = await TempFolder.create(files(60));
    const store = await openStore(folder);
    let left = 30;
    const broken = new FakeClassifier({
      beforeEach: () => {
        if (left-- <= 0) throw new AppError('child-stopped', 'The classifier does not start.');
      },
    });
    const run = newRun(folder, store, broken);
    await expect(run.start()).rejects.toMatchObject({ code: 'child-stopped' });
    expect(run.progress.state).toBe('failed');
    const done = Object.keys(await shown(store)).length;
    expect(done).toBeGreaterThan(0);
    const classifier = new FakeClassifier();
    expect(await newRun(folder, store, classifier).start()).toMatchObject({ reused: done, classified: 60 - done });
  });

  it('falls back to the text where kept vectors cannot be used', async () => {
    const folder = await TempFolder.create(files(20));
    const store = await openStore(folder);
    await newRun(folder, store, new FakeClassifier()).start();
    // Another instance does not know the first one's vectors and fails on them.
    const set = labelSet(['new']);
    expect(await newRun(folder, store, new FakeClassifier(), { set }).start()).toMatchObject({
      classified: 20,
      relabelled: 0,
    });
    expect(Object.keys(await shown(store, set))).toHaveLength(20);
  });

  it('does not trust a time of just now', async () => {
    const folder = await TempFolder.create({ 'a.md': 'one' });
    const store = await openStore(folder);
    const justNow = 1_600_000_000_010;
    await newRun(folder, store, new FakeClassifier(), { now: () => justNow }).start();
    const read = vi.fn().mockReturnValue('utf8');
    expect(await newRun(folder, store, new FakeClassifier(), { read: { encodingOf: read } }).start()).toMatchObject({
      reused: 1,
    });
    expect(read).toHaveBeenCalledTimes(1);
    expect(await newRun(folder, store, new FakeClassifier(), { read: { encodingOf: read } }).start()).toMatchObject({
      reused: 1,
    });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('leaves nothing but the index and its companions on disk', async () => {
    const folder = await TempFolder.create(files(3));
    const store = await openStore(folder);
    await newRun(folder, store, new FakeClassifier()).start();
    store.close();
    expect((await readdir(folder.at('.index'))).sort()).toEqual(['tags.sqlite', 'tags.sqlite.lock']);
  });
});
