// What a model that reads examples is asked, and by which name its results are kept.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { LabelSet } from '../../../src/core/labelSet';
import { decidedExamples } from '../../../src/inference/nearest/decidedExamples';
import { NearestClassifier } from '../../../src/inference/nearest/nearestClassifier';
import { TextVectors } from '../../../src/inference/nearest/textVectors';
import { untaughtHash } from '../../../src/shared/taughtHash';
import { FakeClassifier } from '../../support/fakeClassifier';

const joint = {
  vectorSize: null,
  capabilities: { examples: 'native', prompt: 'native', keepsVectors: false },
} as const;

const set: LabelSet = {
  name: 'mood',
  labels: [
    { name: 'angry', path: ['angry'], description: 'is cross' },
    { name: 'happy', path: ['happy'] },
  ],
  mode: 'multi-label',
  threshold: 0.5,
  exclusive: [],
  examples: [],
  include: [],
  exclude: [],
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const decided = (text: string, labels: string[], rejected: string[] = []) => ({
  text,
  hash: sha256(text),
  lesson: { labels, rejected },
});
const late = decided('late', ['angry'], ['happy']);
const early = decided('early', ['happy']);

test('results are kept by the hash of both models and what was decided; all else is said of the one that gives scores', async () => {
  const hashOf = async (hash: string, measurer: string, texts = [late]) => {
    const reader = new FakeClassifier({ description: { ...joint, hash } });
    const vectors = new TextVectors(new FakeClassifier({ description: { hash: measurer } }));
    const description = await new NearestClassifier(reader, vectors, decidedExamples(texts, set)).describe();
    expect(description).toEqual({ ...(await reader.describe()), hash: description.hash });
    expect(untaughtHash(description.hash)).toBe(hash);
    return description.hash;
  };
  const others = [[early], [late, early], [decided('late', ['happy'], ['angry'])], [decided('late', ['angry'])]];
  const hashes = [
    await hashOf('a', 'b'),
    await hashOf('b', 'a'),
    await hashOf('a', 'c'),
    ...(await Promise.all(others.map((texts) => hashOf('a', 'b', texts)))),
  ];
  expect(new Set([...hashes, 'a', 'b']).size).toBe(9);
  expect(await hashOf('a', 'b')).toBe(hashes[0]);
  expect(await hashOf('a', 'b', [early, late])).toBe(await hashOf('a', 'b', [late, early]));
});

test('a text of which nothing but rejections are known is no example; labels are said in the words of the task', () => {
  const examples = decidedExamples([decided('no', [], ['angry']), late], set);
  expect(examples.map(({ text, labels, rejected }) => ({ text, labels, rejected }))).toEqual([
    { text: 'late', labels: ['angry: is cross'], rejected: ['happy'] },
  ]);
});

test('an example is read by its beginning, and compared by more', () => {
  const long = decided('🙂'.repeat(50_000), ['happy']);
  const [example] = decidedExamples([long], set);
  expect([example?.text, example?.compared]).toEqual(['🙂'.repeat(400), '🙂'.repeat(40_000)]);
  expect(example?.hash).toBe(long.hash);
});

test('a document names the decided examples behind those of the set, nearest first, without itself', async () => {
  const reader = new FakeClassifier({ description: joint });
  const asked: unknown[] = [];
  const read = reader.classify.bind(reader);
  reader.classify = (documents, ...rest) => {
    asked.push(...documents.map(({ nearestExamples }) => nearestExamples));
    return read(documents, ...rest);
  };
  const texts = decidedExamples([late, early, decided('soon', ['happy'])], set);
  const nearest = new NearestClassifier(reader, new TextVectors(new FakeClassifier()), texts);
  const own = { text: 'own', labels: ['happy'] };
  const documents = [{ id: '1', text: 'late' }];
  await nearest.classify(documents, { labels: ['angry', 'happy'], mode: 'multi-label', examples: [own] });
  const itself = texts.findIndex(({ text }) => text === 'late');
  const positions = asked[0] as number[];
  expect([...positions].sort()).toEqual([1, 2, 3].filter((position) => position !== itself + 1));
  const [task] = reader.tasks;
  expect(task?.examples[0]).toBe(own);
  expect(task?.examples.slice(1)).toEqual(texts.map(({ text, labels, rejected }) => ({ text, labels, rejected })));
});

test('a document without vectors fails by itself; decided texts are measured once, with the first document', async () => {
  const reader = new FakeClassifier({ description: joint });
  const measurer = new FakeClassifier({ failing: (text) => text === 'odd' });
  const vectors = new TextVectors(measurer);
  const nearest = new NearestClassifier(reader, vectors, decidedExamples([late], set));
  await nearest.describe();
  expect(measurer.classified).toEqual([]);
  const documents = ['one', 'odd', 'two'].map((text) => ({ id: text, text }));
  const task = { labels: ['angry', 'happy'], mode: 'multi-label', examples: [] } as const;
  const [outcomes] = await Promise.all([nearest.classify(documents, task), nearest.classify(documents, task)]);
  expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
    ['one', true],
    ['odd', false],
    ['two', true],
  ]);
  expect(reader.classified).toEqual(['one', 'two', 'one', 'two']);
  expect(measurer.classified.filter((id) => id === late.hash)).toHaveLength(1);
  // The next lesson measures only what is new, and another chunk length all.
  const more = new NearestClassifier(reader, vectors, decidedExamples([late, early], set));
  await more.classify(documents, task);
  expect(measurer.classified.filter((id) => [late.hash, early.hash].includes(id))).toEqual([late.hash, early.hash]);
  await more.classify(documents, task, { chunkTokens: 64 });
  expect(measurer.classified.filter((id) => id === late.hash)).toHaveLength(2);
});
