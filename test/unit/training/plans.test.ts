// A model that GLiTag runs is adapted; a PyTorch checkpoint is trained as upstream does, and exported.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { planFor } from '../../../src/training/run/plans';
import { runPaths } from '../../../src/training/run/runFolder';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-plan-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

it('adapts the embedded model', () => {
  const plan = planFor(path.resolve('models/glitag-small-en'), 3);
  const words = plan.train(runPaths(folder)).join(' ');
  expect(words).toMatch(/^adapt .*train\.jsonl --base .*glitag-small-en --out .*trained .*--seed 3$/);
  expect(plan.export).toBeNull();
});

it.each(['model.safetensors', 'model-00001-of-00002.safetensors', 'pytorch_model.bin'])(
  'trains a checkpoint with %s',
  (name) => {
    fs.writeFileSync(path.join(folder, 'config.json'), '{}');
    fs.writeFileSync(path.join(folder, name), '');
    const plan = planFor(folder, 3);
    expect(plan.train(runPaths('new')).slice(0, 4)).toEqual(['train', runPaths('new').trainRows, '--base', folder]);
    expect(plan.export?.('trained', 'exported')).toEqual(['export', 'trained', 'exported']);
  },
);

it('refuses what is no model folder', () => {
  expect(() => planFor(folder, 3)).toThrow('has no config.json');
});

it('refuses a graph that nothing can be trained of', () => {
  expect(() => planFor(path.resolve('test/golden/models/uni-bert-first-simple'), 3)).toThrow(
    'neither a PyTorch checkpoint nor in the 8-bit form',
  );
});
