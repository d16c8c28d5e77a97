// Graphs that load and then answer otherwise than they should: nobody gets numbers of nothing.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { engineOf, scoresOf, task } from './engineHelpers';
import { copyModel } from './modelCopies';
import { writeOnnx } from './onnxWriter';
import type { WrittenNode, WrittenWeight } from './onnxWriter';

const labels = ['praise', 'bug report'];

/** [rows, 1] of zeros, or [1, 1] whatever is given. */
function zeros(perRow: boolean): WrittenNode[] {
  const axes = perRow ? { axes: [-1] } : {};
  return [
    { operator: 'Cast', inputs: ['input_ids'], outputs: ['floats'], attributes: { to: 1 } },
    { operator: 'ReduceMax', inputs: ['floats'], outputs: ['most'], attributes: { ...axes, keepdims: 1 } },
    { operator: 'Sub', inputs: ['most', 'most'], outputs: ['zeros'] },
  ];
}

const plus = (weights: string, output: string): WrittenNode => ({
  operator: 'Add',
  inputs: ['zeros', weights],
  outputs: [output],
});

function modelWith(base: string, outputs: readonly string[], nodes: WrittenNode[], weights: WrittenWeight[]): string {
  const folder = copyModel(base);
  const inputs = ['input_ids', 'attention_mask'];
  const graph = { inputs, outputs: outputs.map((name) => ({ name, dims: [null, null] })), nodes, weights };
  fs.writeFileSync(path.join(folder, 'model.onnx'), writeOnnx(graph));
  return folder;
}

function splitModel(perRow: boolean, labelValues: readonly number[]): string {
  return modelWith(
    'bi-bert',
    ['text_embeddings', 'class_embeddings'],
    [...zeros(perRow), plus('text', 'text_embeddings'), plus('label', 'class_embeddings')],
    [
      { name: 'text', dims: [1, 2], values: [1, 2] },
      { name: 'label', dims: [1, 2], values: labelValues },
    ],
  );
}

test('a graph that answers for the first text alone is asked about each', async () => {
  const nodes = [...zeros(false), plus('w', 'logits')];
  const folder = modelWith('uni-bert-first-simple', ['logits'], nodes, [{ name: 'w', dims: [1, 2], values: [1, -1] }]);
  const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);
  const [first, ...others] = await scoresOf(await engineOf(folder), texts, task(labels));
  expect(first).toEqual(
    [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(1))].map((score) => expect.closeTo(score, 6) as number),
  );
  expect(others).toEqual(others.map(() => first));
});

test('vectors of labels that it did not answer for are not made up', async () => {
  const engine = await engineOf(splitModel(false, [1, 1]));
  const many = Array.from({ length: 40 }, (_, index) => `label ${index}`);
  await expect(engine.labelVectors(task(many))).rejects.toMatchObject({ code: 'inference-failed' });
});

test('vectors of labels that are not numbers are an error, and no answer that costs the child its life', async () => {
  const engine = await engineOf(splitModel(true, [NaN, 1]));
  await expect(engine.labelVectors(task(labels))).rejects.toMatchObject({
    code: 'inference-failed',
    message: expect.stringContaining('not numbers') as string,
  });
});
