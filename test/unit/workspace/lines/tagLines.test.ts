// A stream of documents through the classifier and back in order: bounded, kept by text, and one bad document costs only itself.
import { expect, it } from 'vitest';
import type { LabelSet } from '../../../../src/core/labelSet';
import type { Classifier } from '../../../../src/shared/classifier';
import type { LineEntry } from '../../../../src/workspace/lines/lineDocuments';
import { tagLines, type TaggedLine } from '../../../../src/workspace/lines/tagLines';
import type { TagStore } from '../../../../src/workspace/store/tagStore';
import { allOf } from '../../../support/allOf';
import { FakeClassifier } from '../../../support/fakeClassifier';
import { labelSet, newRun, openStore } from '../runHelpers';
import { TempFolder } from '../tempFolder';

interface Options {
  readonly store?: TagStore | null;
  readonly classifier?: Classifier;
  readonly set?: LabelSet;
  readonly signal?: AbortSignal;
}

function document(line: number, text = `text ${line}`): LineEntry {
  return { line, id: `id ${line}`, text, json: JSON.stringify({ id: `id ${line}`, text }) };
}

function documents(count: number, text?: (line: number) => string): LineEntry[] {
  return Array.from({ length: count }, (_, at) => document(at + 1, text?.(at + 1)));
}

async function* stream(entries: Iterable<LineEntry>): AsyncGenerator<LineEntry> {
  for (const entry of entries) yield await Promise.resolve(entry);
}

function start(entries: AsyncIterable<LineEntry>, options: Options = {}) {
  const { store = null, classifier = new FakeClassifier(), set = labelSet() } = options;
  const signal = options.signal ?? new AbortController().signal;
  return tagLines(entries, { set, classifier, store, chunkTokens: 256, signal });
}

async function tagged(entries: Iterable<LineEntry>, options: Options = {}): Promise<TaggedLine[]> {
  return (await allOf(start(stream(entries), options))).flat();
}

const origins = (lines: readonly TaggedLine[]) => {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const kind = 'reason' in line ? 'bad' : line.origin;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
};

const scoresOf = (lines: readonly TaggedLine[]) =>
  lines.map((line) => ('scores' in line ? [...line.scores.scores] : line.reason));

it('gives one result an entry, in order, with the scores of its own text', async () => {
  const entries = [...documents(1500), { line: 1501, reason: 'bad' }, document(1502, 'text 3')];
  const classifier = new FakeClassifier();
  const lines = await tagged(entries, { classifier });
  expect(lines.map(({ line }) => line)).toEqual(entries.map(({ line }) => line));
  const [outcome] = await new FakeClassifier().classify([{ id: '', text: 'text 700' }], classifier.tasks[0]!);
  expect(outcome?.ok && scoresOf(lines)[699]).toEqual(outcome?.ok && [...outcome.scores]);
  expect(scoresOf(lines).slice(1500)).toEqual(['bad', scoresOf(lines)[2]]);
});

it('reads no further ahead than a few batches, however long the stream is', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<LineEntry> {
    for (;;) yield await Promise.resolve(document(++read, 'x'.repeat(1000) + String(read)));
  }
  let printed = 0;
  for await (const batch of start(endless())) {
    printed += batch.length;
    // 96,000 characters a batch; two are under way when one is printed.
    expect(read - printed).toBeLessThan(300);
    if (printed > 3000) break;
  }
});

it('goes on where a stopped stream was: what is kept is not read again', async () => {
  const store = await openStore(await TempFolder.create());
  const abort = new AbortController();
  const stopped = start(stream(documents(3000)), { store, signal: abort.signal });
  await expect(
    (async () => {
      for await (const batch of stopped) if ((batch.at(-1)?.line ?? 0) > 1000) abort.abort();
    })(),
  ).rejects.toMatchObject({ code: 'cancelled' });
  const classifier = new FakeClassifier();
  const lines = await tagged(documents(3000), { store, classifier });
  const { reused = 0, classified = 0 } = origins(lines);
  expect(reused).toBeGreaterThan(1000);
  expect([reused + classified, classifier.classified.length]).toEqual([3000, classified]);
  expect(scoresOf(lines)).toEqual(scoresOf(await tagged(documents(3000))));
});

it('keeps results by text: for files with that text, and scores other labels from kept vectors', async () => {
  const folder = await TempFolder.create({ 'a.md': 'text 1', 'b.md': 'new' });
  const store = await openStore(folder);
  await tagged(documents(3), { store });
  const stats = await newRun(folder, store, new FakeClassifier(), { chunkTokens: 256 }).start();
  expect(stats).toMatchObject({ classified: 1, reused: 1 });
  const fromFiles = await tagged([document(1, 'new')], { store });
  expect(origins(fromFiles)).toEqual({ reused: 1 });
  const other = labelSet(['one', 'two']);
  // The fake knows vectors of its own only: those of another are of no use, and the texts are read.
  const classifier = new FakeClassifier();
  expect(origins(await tagged(documents(3), { store, classifier, set: other }))).toEqual({ classified: 3 });
  const relabelled = await tagged(documents(3), { store, classifier, set: labelSet(['three']) });
  expect(origins(relabelled)).toEqual({ relabelled: 3 });
  expect(scoresOf(relabelled)).toEqual(scoresOf(await tagged(documents(3), { set: labelSet(['three']) })));
});

it('keeps results for a week after a run over folders found them in no file, from when they were met last', async () => {
  const day = 24 * 60 * 60 * 1000;
  let now = 0;
  const folder = await TempFolder.create({ 'a.md': 'a file' });
  const store = await openStore(folder, { now: () => now });
  await tagged(documents(2), { store });
  for (const [days, lines, reused] of [
    [0, [], 0],
    [6, [document(1)], 1],
    [6, [], 0],
    [8, documents(2), 1],
    [8, documents(2), 2],
  ] as const) {
    now += days * day;
    const { reused: found = 0 } = origins(await tagged(lines, { store }));
    expect(found).toBe(reused);
    if (lines.length < 2) await newRun(folder, store, new FakeClassifier(), { chunkTokens: 256 }).start();
  }
});

it('reads equal texts of a batch once', async () => {
  const classifier = new FakeClassifier();
  const lines = await tagged(
    documents(8, (line) => `text ${line % 2}`),
    { classifier },
  );
  expect([classifier.classified.length, origins(lines)]).toEqual([2, { classified: 2, reused: 6 }]);
});

it('leaves out a document that the model refuses, and says so', async () => {
  const failing = (text: string) => text === 'text 5';
  const lines = await tagged(documents(9), { classifier: new FakeClassifier({ failing }) });
  expect(origins(lines)).toEqual({ classified: 8, bad: 1 });
  expect(lines[4]).toEqual({
    line: 5,
    reason: 'The model could not classify it: The fake was told to fail on this document.',
  });
});
