// A graph as upstream's own scripts export it: 25 label slots whatever the input, junk behind the real labels.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../../src/inference/model/loadedModel';
import type { LoadedModel } from '../../src/inference/model/loadedModel';
import { ZeroShotClassificationPipeline } from '../../src/inference/pipeline/zeroShotPipeline';
import { isWithinTolerances } from '../../src/inference/golden/compare';
import { replayGolden } from '../../src/inference/verify';
import { goldenOf, modelFolder } from './support/goldenModels';

const name = 'uni-bert-first-simple';
let folder: string;
let model: LoadedModel;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-stock-'));
  fs.cpSync(modelFolder(name), folder, { recursive: true });
  fs.copyFileSync(path.join(import.meta.dirname, 'stock', `${name}.onnx`), path.join(folder, 'model.onnx'));
  model = await loadModel(folder, { threads: 1 });
});

afterAll(async () => {
  await model.session.release();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('it is recognised although its label axis is named dynamic', () => {
  expect(model.graphKind).toBe('fixed');
  expect(model.slots).toBe(25);
});

test('all recordings of up to 25 labels are reproduced, cut labels included', async () => {
  const golden = goldenOf(name);
  const cases = golden.cases.filter((one) => one.name !== 'labels_50');
  expect(cases).toHaveLength(72);
  const report = await replayGolden(model, { ...golden, cases });
  expect(report).toMatchObject({ cases: 72, batches: 159, idMismatches: 0, resultMismatches: 0, details: [] });
  expect(isWithinTolerances(report)).toBe(true);
});

test('more labels than slots are refused', async () => {
  const labels = Array.from({ length: 26 }, (_, index) => `label ${index}`);
  const call = new ZeroShotClassificationPipeline(model).classify('a text', labels);
  await expect(call).rejects.toMatchObject({
    code: 'input-invalid',
    message: expect.stringMatching(/at most 25 labels at a time; there are 26/) as string,
  });
});
