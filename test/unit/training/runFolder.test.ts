// The folder of a run: the same request goes on in it, another is refused, and the finished model goes to its place in one step.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeRun, finishRun, openRun, runPaths } from '../../../src/training/run/runFolder';
import type { TrainingRequest } from '../../../src/training/run/trainingRequest';

let folder: string;
let request: TrainingRequest;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-run-'));
  request = {
    ...{
      base: path.join(folder, 'base'),
      out: path.join(folder, 'new'),
      chunkTokens: null,
      keptBackShare: 0.2,
      seed: 1,
      startOver: false,
    },
    rows: [
      { text: 'x', allLabels: ['a'], trueLabels: ['a'], weights: new Map([['a', 0.5]]), examples: [], position: 1 },
    ],
    labelTexts: new Map([['a', 'a: first']]),
    rules: { mode: 'multi-label', threshold: 0.5, exclusive: [], labels: [] },
  };
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Begins a run that leaves a file behind, as a kill does. */
function broken(): string {
  const paths = openRun(request);
  const file = path.join(paths.folder, 'half');
  fs.writeFileSync(file, '');
  closeRun(paths);
  return file;
}

it('goes on where the same is asked', () => {
  const left = broken();
  expect(fs.existsSync(path.join(runPaths(request.out).folder, 'run.json'))).toBe(true);
  openRun(request);
  expect(fs.existsSync(left)).toBe(true);
});

it.each<[string, Partial<TrainingRequest>]>([
  ['seed', { seed: 2 }],
  ['base model', { base: '/elsewhere' }],
  ['share kept back', { keptBackShare: 0.3 }],
  ['data or labels', { rows: [] }],
  ['data or labels', { labelTexts: new Map([['a', 'a: second']]) }],
  ['mode', { rules: { mode: 'single-label', threshold: null, exclusive: [], labels: [] } }],
])('refuses another %s, unless it is to start over', (what, change) => {
  const left = broken();
  expect(() => openRun({ ...request, ...change })).toThrow(what);
  expect(fs.existsSync(left)).toBe(true);
  openRun({ ...request, ...change, startOver: true });
  expect(fs.existsSync(left)).toBe(false);
});

it('tells weights apart', () => {
  broken();
  const rows = request.rows.map((row) => ({ ...row, weights: new Map([['a', 0.75]]) }));
  expect(() => openRun({ ...request, rows })).toThrow('data or labels');
});

it('a threshold may change: it decides nothing about the weights', () => {
  const left = broken();
  openRun({ ...request, rules: { ...request.rules, threshold: 0.7 } });
  expect(fs.existsSync(left)).toBe(true);
});

it('is held by one process at a time', () => {
  openRun(request);
  expect(() => openRun(request)).toThrow(`Process ${process.pid} is training`);
});

it('is taken over from a process that is gone', () => {
  const paths = openRun(request);
  // No process has so large an id.
  fs.writeFileSync(path.join(paths.folder, 'pid'), String(2 ** 30));
  expect(openRun(request)).toEqual(paths);
});

it('never touches a folder that is there', () => {
  fs.mkdirSync(request.out);
  const own = path.join(request.out, 'config.json');
  fs.writeFileSync(own, '{}');
  expect(() => openRun({ ...request, startOver: true })).toThrow('is there already');
  expect(fs.readFileSync(own, 'utf8')).toBe('{}');
});

it('ends with the model in its place and nothing beside it', () => {
  fs.mkdirSync(request.out);
  const paths = openRun(request);
  const model = path.join(paths.folder, 'model');
  fs.mkdirSync(model);
  fs.writeFileSync(path.join(model, 'config.json'), '{}');
  finishRun(paths, model, request.out);
  closeRun(paths);
  expect(fs.readdirSync(folder)).toEqual(['new']);
  expect(fs.readdirSync(request.out)).toEqual(['config.json']);
});
