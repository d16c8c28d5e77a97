// What a model that reads examples is asked, and by which name its results are kept.
import { expect, test } from 'vitest';
import { NearestClassifier } from '../../../src/cli/tag/nearestClassifier';
import { FakeClassifier } from '../../support/fakeClassifier';

const joint = {
  vectorSize: null,
  capabilities: { examples: 'native', prompt: 'native', keepsVectors: false },
} as const;

test('results are kept by the hash of both models, all else is said of the one that gives scores', async () => {
  const hashOf = async (hash: string, measurer: string) => {
    const reader = new FakeClassifier({ description: { ...joint, hash } });
    const nearest = new NearestClassifier(reader, new FakeClassifier({ description: { hash: measurer } }));
    const description = await nearest.describe();
    expect(description).toEqual({ ...(await reader.describe()), hash: description.hash });
    return description.hash;
  };
  const hashes = [await hashOf('a', 'b'), await hashOf('b', 'a'), await hashOf('a', 'c'), 'a', 'b'];
  expect(new Set(hashes).size).toBe(5);
  expect(await hashOf('a', 'b')).toBe(hashes[0]);
});

test('a document without vectors fails by itself; examples go without their vectors', async () => {
  const reader = new FakeClassifier({ description: joint });
  const measurer = new FakeClassifier({ failing: (text) => text === 'odd' });
  const nearest = new NearestClassifier(reader, measurer);
  const documents = ['one', 'odd', 'two'].map((text) => ({ id: text, text }));
  const [measured] = await nearest.measure([{ id: '0', text: 'late' }], {});
  const vectors = measured?.ok ? measured.vectors?.values : undefined;
  const example = { text: 'late', labels: ['angry'], rejected: ['happy'] };
  const examples = [{ ...example, kept: { hash: 'h', vectors: vectors! } }];
  const outcomes = await nearest.classify(documents, { labels: ['angry', 'happy'], mode: 'multi-label', examples });
  expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
    ['one', true],
    ['odd', false],
    ['two', true],
  ]);
  expect(reader.classified).toEqual(['one', 'two']);
  expect(reader.tasks.map((task) => task.examples)).toEqual([[example]]);
});
