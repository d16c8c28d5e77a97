// Questions over a real index and real files: kept vectors choose what is read again.
import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { findPassages } from '../../../../src/workspace/passages/findPassages';
import type { FindPassagesOptions } from '../../../../src/workspace/passages/findPassages';
import { NodeFileTree } from '../../../../src/workspace/find/nodeFileTree';
import { PlaceTexts } from '../../../../src/workspace/read/placeTexts';
import { splitRules, namedRule } from '../../../../src/workspace/split/splitRule';
import { taskIdentity } from '../../../../src/workspace/store/taskIdentity';
import type { DocumentPlace } from '../../../../src/workspace/types';
import { FakeClassifier } from '../../../support/fakeClassifier';
import { labelSet, newRun, openStore } from '../runHelpers';
import { TempFolder } from '../tempFolder';

const files = {
  'cats.md': '---\ntitle: Cats\n---\n\n# Cats\n\nA cat sleeps on the mat all day.\n',
  'dogs.md': 'A dog barks at night, and nobody knows why.\n',
  'birds.txt': 'Birds sing in the morning before anybody is up.\n',
};
const mentions = (text: string, label: string): number => (text.toLowerCase().includes(label) ? 0.9 : 0.1);

async function tagged(given: Readonly<Record<string, string>> = files, read = {}, score = mentions) {
  const folder = await TempFolder.create(given);
  const store = await openStore(folder);
  const classifier = new FakeClassifier({ score });
  await newRun(folder, store, classifier, { read }).start();
  classifier.classified.length = 0;
  const texts = new PlaceTexts(new NodeFileTree(), read);
  const reads: string[] = [];
  const options: FindPassagesOptions = {
    store,
    classifier,
    chooser: classifier,
    task: taskIdentity(labelSet(), null),
    read: (place: DocumentPlace) => {
      reads.push(place.path);
      return texts.read(place);
    },
    top: 10,
  };
  return { folder, store, classifier, options, reads };
}

describe('findPassages', () => {
  test('reads only what kept vectors choose, and gives places in the file', async () => {
    const { options, reads } = await tagged();
    const { passages, ...counts } = await findPassages('cat', { ...options, candidates: 1 });
    expect(reads).toEqual(['cats.md']);
    const [passage] = passages;
    expect(passage).toMatchObject({
      place: { path: 'cats.md' },
      line: 5,
      text: '# Cats\n\nA cat sleeps on the mat all day.',
    });
    expect(passage?.score).toBeCloseTo(0.9);
    expect(files['cats.md'].slice(passage?.start, passage?.end)).toBe(passage?.text);
    expect(passages).toHaveLength(1);
    expect(counts).toEqual({ documents: 3, leftOut: 0 });
  });

  test('takes the documents that are wanted', async () => {
    const { options } = await tagged();
    const found = await findPassages('cat', { ...options, wanted: ({ path }) => path.endsWith('.txt') });
    expect(found.passages.map(({ place }) => place.path)).toEqual(['birds.txt']);
    expect(found.documents).toBe(1);
  });

  test('finds what files say now, and goes past files that are gone', async () => {
    const { folder, options } = await tagged();
    await folder.write('cats.md', 'Nobody is here.\n\nBut one cat came back, after years.\n');
    await rm(folder.at('dogs.md'));
    const { passages } = await findPassages('cat', options);
    expect(passages[0]).toMatchObject({ line: 3, text: 'But one cat came back, after years.' });
    expect(passages.map(({ place }) => place.path)).not.toContain('dogs.md');
  });

  test('reads all documents, up to a limit that it tells, where nothing is kept of them', async () => {
    const { options, reads } = await tagged();
    const blind = new FakeClassifier({
      score: mentions,
      description: {
        hash: 'blind',
        capabilities: { examples: 'none', prompt: 'native', keepsVectors: false },
      },
    });
    const found = await findPassages('dog', { ...options, classifier: blind, chooser: blind, candidates: 2 });
    expect(reads).toHaveLength(2);
    expect(found.leftOut).toBe(1);
    expect(blind.rescored).toEqual([]);
  });

  test("lets a model without vectors rank what another one's vectors chose", async () => {
    const { options, classifier, reads } = await tagged();
    const blind = new FakeClassifier({ score: (text) => text.length / 1000 });
    const { passages } = await findPassages('dog', { ...options, classifier: blind, candidates: 1 });
    expect(reads).toEqual(['dogs.md']);
    expect(passages[0]?.score).toBeCloseTo(files['dogs.md'].trim().length / 1000);
    expect(classifier.classified).toEqual([]);
  });

  test('counts what the vector of a chunk says, where the same model reads', async () => {
    const text = 'The cat sleeps all day long.\n\nNobody knows where it is at night.\n';
    const isWhole = (read: string) => read.includes('sleeps') && read.includes('night');
    const { options } = await tagged({ 'a.md': text }, {}, (read) => (isWhole(read) ? 0.8 : 0.2));
    const { passages } = await findPassages('cat', options);
    expect(passages.map(({ score }) => score)).toEqual([expect.closeTo(0.5), expect.closeTo(0.5)]);
  });

  test('finds rows of a table as documents of their own', async () => {
    const read = { splitOf: splitRules([namedRule('csv: text')]) };
    const { options } = await tagged({ 'pets.csv': 'id,text\n1,The dog barks.\n2,The cat sleeps.\n' }, read);
    const { passages } = await findPassages('cat', { ...options, candidates: 1 });
    expect(passages.map(({ place, line, text }) => [place.part, line, text])).toEqual([
      ['row 3', 3, 'The cat sleeps.'],
    ]);
  });

  test('tells the lines of the file, not those of what a part of it says', async () => {
    const read = { splitOf: splitRules([namedRule('jsonl: text')]) };
    const { options } = await tagged(
      { 'pets.jsonl': '{"text":"The dog barks."}\n{"text":"The cat\\nsleeps."}\n' },
      read,
    );
    const found = await findPassages('cat', { ...options, candidates: 1 });
    expect(found.passages.map(({ line, endLine, text }) => [line, endLine, text])).toEqual([
      [2, 2, 'The cat\nsleeps.'],
    ]);
    const markdown = await tagged();
    const { passages } = await findPassages('cat', { ...markdown.options, candidates: 1 });
    expect(passages.map(({ line, endLine }) => [line, endLine])).toEqual([[5, 7]]);
  });

  test('stops', async () => {
    const { options } = await tagged();
    await expect(findPassages('cat', { ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
