// The built library (dist/library.cjs), asked as upstream's pipeline was when the goldens were recorded.
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as library from '../../src/library/library';
import { goldenOf, modelFolder } from '../golden/support/goldenModels';
import { startGliclass } from '../support/startGliclass';

const built = createRequire(import.meta.url)(
  path.resolve(import.meta.dirname, '../../dist/library.cjs'),
) as typeof library;

const name = 'uni-bert-first-simple';
/** Tokens of one input in the recorded calls that name no length. */
const recordedMaxLength = 256;

/** Recorded cases of the plain pipeline that are not answered so here, and why. */
const otherwise: Readonly<Record<string, RegExp | 'other scores'>> = {
  empty_text: /nothing to read/,
  whitespace_text: /nothing to read/,
  labels_dots: /label of the label set is empty/,
  labels_markers: /holds the marker/,
  text_markers: 'other scores',
  truncate_32: 'other scores',
  truncate_8: 'other scores',
  // Upstream takes any type that it does not know for multi-label.
  init_single_underscore: 'other scores',
  prompt_list_short: /3 texts but 2 prompts/,
  prompt_list_short_batches: /3 texts but 1 prompts/,
  rac_one_text: /no such option/,
  rac_two_texts: /no such option/,
  rac_nested_one: /no such option/,
  adapter_ids: /no such option/,
  err_threshold_len: /2 texts but 1 thresholds/,
  err_type_len: /2 texts but 1 classification types/,
  err_type_bad: /"regression" is unknown/,
  err_empty_labels: /no labels/,
  err_empty_dict: /no labels/,
  err_label_type: /neither a string nor a list/,
  err_fewer_label_lists: /2 texts but 1 lists of labels/,
};

/** What stands for nothing here: how upstream forms batches, and where it computes. */
const notOurs = new Set(['batch_size', 'device', 'progress_bar', 'max_classes']);

const cases = goldenOf(name).cases.filter(({ pipeline }) => pipeline !== 'chunking');
let classifier: library.ZeroShotClassifier;

beforeAll(() => {
  classifier = built.createClassifier({ model: modelFolder(name) });
});

afterAll(() => classifier.dispose());

function ask({ init, args }: (typeof cases)[number]): Promise<unknown> {
  const { texts, labels, ...given } = args;
  const options: [string, unknown][] = Object.entries({ max_length: recordedMaxLength, ...init, ...given });
  return classifier.predict(
    texts,
    labels as library.LabelsOption,
    Object.fromEntries(options.filter(([option, value]) => !notOurs.has(option) && value !== null)),
  );
}

/** Numbers as upstream's up to the last digits that a batch's padding moves. */
function near(value: unknown): unknown {
  if (typeof value === 'number') return expect.closeTo(value, 5);
  if (Array.isArray(value)) return value.map(near);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, near(one)]));
}

describe('predict', () => {
  const same = cases.filter((one) => !(one.name in otherwise));

  it('has a word to say about every recorded case', () => {
    expect(same.length).toBeGreaterThan(30);
    const names = cases.map((one) => one.name);
    expect(Object.keys(otherwise).filter((one) => !names.includes(one))).toEqual([]);
  });

  it.each(same.map((one) => [one.name, one] as const))('answers as upstream: %s', async (_name, one) => {
    expect(await ask(one)).toEqual(near(one.output));
  });

  it.each(cases.filter((one) => otherwise[one.name] instanceof RegExp).map((one) => [one.name, one] as const))(
    'refuses in words: %s',
    async (caseName, one) => {
      await expect(ask(one)).rejects.toThrow(otherwise[caseName]);
      await expect(ask(one)).rejects.toBeInstanceOf(built.AppError);
    },
  );

  it('ends with its signal', async () => {
    const ending = new AbortController();
    const call = classifier.predict('a text', ['a label'], { signal: ending.signal });
    ending.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('takes either name of the type, not both', async () => {
    const labels = ['one', 'two'];
    const single = await classifier.predict('a text', labels, { classification_type: 'single-label' });
    expect(await classifier.predict('a text', labels, { multi_label: false })).toEqual(single);
    expect(single[0]).toHaveLength(1);
    const both = classifier.predict('a text', labels, { multi_label: true, classification_type: 'multi-label' });
    await expect(both).rejects.toThrow(/give one of them/);
  });

  it('counts finished texts over all tasks', async () => {
    const counts: number[] = [];
    await classifier.predict(['one', 'two', 'three'], [['a'], ['b'], ['a']], { onProgress: (n) => counts.push(n) });
    expect(Math.max(...counts)).toBe(3);
  });

  it('tells a misspelt option with those that there are', async () => {
    const call = classifier.predict('a text', ['a'], { treshold: 0.5 } as library.PredictOptions);
    await expect(call).rejects.toThrow(/“treshold”.*no such option.*threshold/);
  });
});

describe('createClassifier', () => {
  it('refuses options that would have no effect', () => {
    expect(() => built.createClassifier({ token: 'x' })).toThrow(/“token”.*goes with “server”/);
    expect(() => built.createClassifier({ server: 'http://localhost:1', threads: 2 })).toThrow(/“threads”.*no meaning/);
    expect(() => built.createClassifier({ folder: 'x' } as library.ClassifierOptions)).toThrow(/no such option.*model/);
  });

  it('asks a server by its address, with the token', async () => {
    const server = await startGliclass();
    const remote = built.createClassifier({ server: server.url, token: 'very-secret', adapter: 'legal' });
    const scores = await remote.predict(['one', 'two'], { topic: ['a', 'b'] }, { return_hierarchical: true });
    expect(scores.map(({ topic }) => Object.keys(topic as object))).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(server.asked[0]).toMatchObject({ labels: ['topic.a', 'topic.b'], adapter_id: 'legal' });
    expect(server.headers[0]).toMatchObject({ authorization: 'Bearer very-secret' });
    await remote.dispose();
  });

  it('says of a model that there is none', async () => {
    const none = built.createClassifier({ model: '/nowhere' });
    await expect(none.predict('a text', ['a'])).rejects.toMatchObject({ code: 'model-missing' });
    await none.dispose();
  });

  it('tells where examples would be dropped', async () => {
    const plain = built.createClassifier({ model: modelFolder('bi-bert') });
    const call = plain.predict('a text', ['a'], { examples: [{ text: 'x', labels: ['a'] }] });
    await expect(call).rejects.toMatchObject({ code: 'model-unsupported' });
    await plain.dispose();
  });
});
