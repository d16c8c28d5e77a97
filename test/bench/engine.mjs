#!/usr/bin/env node
// Documents a second of the engine, against bare ONNX Runtime on the same tokens, in turns within one run (docs/ENGINE.md).
//   node test/bench/engine.mjs [--rounds N] [--documents N] [--sentences N] [--threads N,N] [--against MODEL.onnx]
// with the embedded model. --against: another graph with the same tokenizer, such as one of an earlier commit:
//   git show COMMIT:models/glitag-small-en/onnx/FILE.onnx > /tmp/older.onnx
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorker, embeddedModel, loadBench, root } from './engineBundle.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    documents: { type: 'string', default: '152' },
    sentences: { type: 'string', default: '2000' },
    threads: { type: 'string', default: '1,2' },
    against: { type: 'string' },
  },
});

const { measureEngine } = await loadBench('engine');
await measureEngine({
  model: embeddedModel,
  against: values.against ? folderOf(path.resolve(values.against)) : null,
  workerFile: await bundleWorker(),
  samples: path.join(root, 'samples/workspace'),
  documents: Number(values.documents),
  sentences: Number(values.sentences),
  rounds: Number(values.rounds),
  threads: values.threads.split(',').map(Number),
});

/** A model folder with another graph in place of the embedded model's. */
function folderOf(graph) {
  const folder = path.join(root, 'out/bench/against');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  for (const name of fs.readdirSync(embeddedModel))
    if (name.endsWith('.json')) fs.copyFileSync(path.join(embeddedModel, name), path.join(folder, name));
  fs.copyFileSync(graph, path.join(folder, 'model.onnx'));
  return folder;
}
