// Rows are written in upstream's format with the words that the model reads for labels.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseTrainingData } from '../../../src/core/trainingData';
import { writeDataFile } from '../../../src/training/run/dataFile';

it('writes labels as they are read, weights, prompts and examples', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-data-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true });
  });
  const file = path.join(folder, 'rows.jsonl');
  const bare = { text: 'two\nlines', allLabels: ['a', 'b'], trueLabels: ['a'], examples: [], position: 1 };
  const full = {
    ...{ text: 'x', allLabels: ['a'], trueLabels: ['a'], weights: new Map([['a', 0.75]]), position: 2 },
    ...{ prompt: 'Which?', examples: [{ text: 'y', labels: ['a', 'b'] }] },
  };
  writeDataFile(file, [bare, full], new Map([['a', 'a: first']]));
  const { rows, problems } = parseTrainingData(fs.readFileSync(file, 'utf8'));
  expect(problems).toEqual([]);
  expect(rows).toEqual([
    { ...bare, allLabels: ['a: first', 'b'], trueLabels: ['a: first'] },
    {
      ...{ ...full, allLabels: ['a: first'], trueLabels: ['a: first'], weights: new Map([['a: first', 0.75]]) },
      examples: [{ text: 'y', labels: ['a: first', 'b'] }],
    },
  ]);
});
