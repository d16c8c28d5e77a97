// What a model is asked about rows whose labels are known, and the threshold by which it is judged.
import { expect, it } from 'vitest';
import type { TrainingRow } from '../../../src/core/trainingData';
import type { Classifier, ClassifyOptions } from '../../../src/shared/classifier';
import { evaluateRows, modeOf } from '../../../src/shared/evaluateRows';
import type { EvaluationRules } from '../../../src/shared/evaluateRows';
import { FakeClassifier } from '../../support/fakeClassifier';

const { signal } = new AbortController();
const options = { signal, onProgress: () => undefined, file: 'rows.jsonl' };
const labelTexts = new Map([
  ['bug', 'bug: something fails'],
  ['idea', 'idea'],
]);
const row = (position: number, more: Partial<TrainingRow>): TrainingRow => ({
  ...{ text: `text ${position}`, allLabels: null, trueLabels: ['bug'], examples: [], position },
  ...more,
});
const rules = (more: Partial<EvaluationRules> = {}): EvaluationRules => ({
  ...{ mode: 'multi-label', threshold: null, exclusive: [], labels: [] },
  ...more,
});

it('asks in the words of the labels, and answers with their names', async () => {
  const classifier = new FakeClassifier();
  const data = { rows: [row(1, { prompt: 'Which?' }), row(2, { allLabels: ['other', 'bug'] })], unit: 'line' } as const;
  const { rows } = await evaluateRows(classifier, data, { rules: rules(), labelTexts }, options);
  expect(classifier.tasks).toMatchObject([
    { labels: ['bug: something fails', 'idea'], prompt: 'Which?' },
    { labels: ['other', 'bug: something fails'] },
  ]);
  expect(rows.map(({ labels }) => labels)).toEqual([
    ['bug', 'idea'],
    ['other', 'bug'],
  ]);
});

it.each([
  ['the model’s own', {}, 0.4],
  ['0 in single-label mode', { mode: 'single-label' as const }, 0],
  ['the one that was given', { threshold: 0.7 }, 0.7],
])('takes as the threshold %s', async (_what, more, threshold) => {
  const classifier = new FakeClassifier({ description: { defaultThreshold: 0.4 } });
  const data = { rows: [row(1, {})], unit: 'line' } as const;
  const found = await evaluateRows(classifier, data, { rules: rules(more), labelTexts }, options);
  expect(found.rules.threshold).toBe(threshold);
});

it('has the model read in the chunks that are asked for', async () => {
  const classifier = new FakeClassifier();
  const data = { rows: [row(1, {})], unit: 'line' } as const;
  const asked: ClassifyOptions[] = [];
  const listening = {
    describe: () => classifier.describe(),
    classify: (...[documents, task, given]: Parameters<Classifier['classify']>) => {
      asked.push(given ?? {});
      return classifier.classify(documents, task, given);
    },
  };
  const question = { rules: rules(), labelTexts };
  await evaluateRows(listening, data, question, { ...options, chunkTokens: 64 });
  await evaluateRows(listening, data, question, options);
  expect(asked.map(({ chunkTokens }) => chunkTokens)).toEqual([64, undefined]);
});

it('takes rows for single-label where each has one true label', () => {
  expect(modeOf([row(1, {}), row(2, {})])).toBe('single-label');
  expect(modeOf([row(1, {}), row(2, { trueLabels: [] })])).toBe('multi-label');
});
