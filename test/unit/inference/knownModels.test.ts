// What is remembered of a model is believed only while nothing that decides it can have changed.
import fs from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { LoadedFiles } from '../../../src/shared/childMessages';
import { KnownModels } from '../../../src/inference/knownModels';
import { describeModel } from '../../../src/inference/product/describeModel';
import { loadModel } from '../../../src/inference/model/loadedModel';
import { copyModel, newFolder } from './modelCopies';
import { fixedGraph } from './onnxWriter';

let folder: string;
let worker: string;
let kept: Map<string, string>;
let known: KnownModels;

beforeEach(() => {
  folder = copyModel('uni-bert-first-simple');
  worker = path.join(newFolder(), 'worker.js');
  fs.writeFileSync(worker, '// the child');
  kept = new Map();
  known = new KnownModels(
    { read: (key) => kept.get(key) ?? null, write: (key, note) => kept.set(key, note) },
    { folder },
    worker,
  );
});

/** Only files that have lain still for a while are believed; these were made a moment ago. */
function later(): number {
  return Date.now() + 60_000;
}

async function load(): Promise<LoadedFiles> {
  const model = await loadModel(folder, { threads: 1 });
  await model.session.release();
  return { model: describeModel(model), files: model.files };
}

test('what was loaded is recalled, also by another process', async () => {
  expect(known.recall()).toBeNull();
  const loaded = await load();
  known.keep(loaded, later());
  expect(known.recall()).toEqual(loaded.model);
  expect([...kept.keys()]).toEqual([folder]);
});

test('a model is another one where something else of the machine runs it', async () => {
  const loaded = await load();
  known.keep(loaded, later());
  const notes = {
    read: (key: string) => kept.get(key) ?? null,
    write: (key: string, note: string) => kept.set(key, note),
  };
  expect(new KnownModels(notes, { folder, executionProvider: 'cpu' }, worker).recall()).toEqual(loaded.model);
  expect(new KnownModels(notes, { folder, executionProvider: 'webgpu' }, worker).recall()).toBeNull();
  const model = await loadModel(folder, { threads: 1 });
  onTestFinished(() => model.session.release());
  const hashes = [undefined, 'cpu', 'webgpu', 'cuda'].map((provider) => describeModel(model, provider).hash);
  expect(hashes[1]).toBe(hashes[0]);
  expect(new Set(hashes).size).toBe(3);
});

const changes: [string, () => void][] = [
  [
    'a file of the same size and time',
    () => {
      const file = path.join(folder, 'model.onnx');
      const bytes = fs.readFileSync(file);
      bytes[bytes.length - 1]! ^= 1;
      const { atime, mtime } = fs.statSync(file);
      fs.writeFileSync(file, bytes);
      fs.utimesSync(file, atime, mtime);
    },
  ],
  [
    'another file put in its place',
    () => {
      const file = path.join(folder, 'tokenizer.json');
      const { atime, mtime } = fs.statSync(file);
      fs.copyFileSync(file, `${file}.new`);
      fs.utimesSync(`${file}.new`, atime, mtime);
      fs.renameSync(`${file}.new`, file);
    },
  ],
  [
    'a file that is preferred to the one in use',
    () => {
      fs.mkdirSync(path.join(folder, 'onnx'));
      fs.copyFileSync(path.join(folder, 'model.onnx'), path.join(folder, 'onnx', 'model.onnx'));
    },
  ],
  [
    'a file more',
    () => {
      fs.writeFileSync(path.join(folder, 'special_tokens_map.json'), '{}');
    },
  ],
  [
    'a file less',
    () => {
      fs.rmSync(path.join(folder, 'config.json'));
    },
  ],
  [
    'the folder is gone',
    () => {
      fs.rmSync(folder, { recursive: true });
    },
  ],
  [
    'another child',
    () => {
      fs.appendFileSync(worker, '// of another version');
    },
  ],
  [
    'a note that is none',
    () => {
      kept.set(folder, '{"model":');
    },
  ],
  [
    'a note of another version',
    () => {
      kept.set(folder, '{"model":{"name":"m"},"files":[]}');
    },
  ],
];

test.each(changes)('%s: the model has to be loaded', async (_what, change) => {
  known.keep(await load(), later());
  expect(known.recall()).not.toBeNull();
  change();
  expect(known.recall()).toBeNull();
});

test('weights beside the graph count too', async () => {
  const weights = path.join(folder, 'model.onnx_data');
  fs.writeFileSync(weights, Buffer.from(Float32Array.from({ length: 25 }, (_, index) => index).buffer));
  fs.writeFileSync(path.join(folder, 'model.onnx'), fixedGraph({ location: 'model.onnx_data' }));
  known.keep(await load(), later());
  expect(known.recall()).not.toBeNull();
  fs.writeFileSync(weights, Buffer.from(new Float32Array(25).buffer));
  expect(known.recall()).toBeNull();
});

test('a file that changed a moment ago may change again unseen: nothing is kept', async () => {
  fs.appendFileSync(path.join(folder, 'config.json'), '\n');
  known.keep(await load());
  expect(kept.size).toBe(0);
});
