#!/usr/bin/env node
// Upstream's own server on Ray, with one replica and with two, beside the child process: same weights, texts and labels.
//   GLITAG_TEST_PYTHON=PYTHON node test/bench/serve.mjs --weights MODEL_DIR --model MODEL_DIR [--rounds N] [--documents N]
// PYTHON is that of training/requirements-serve.txt; --weights holds config.json, model.safetensors and the tokenizer; --model is
// ours, exported from them with four bytes (fp32).
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorker, loadBench, root } from './engineBundle.mjs';

const { values } = parseArgs({
  options: {
    weights: { type: 'string' },
    model: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    documents: { type: 'string', default: '152' },
  },
});
if (!process.env.GLITAG_TEST_PYTHON || !values.weights || !values.model) {
  console.error(
    'Usage: GLITAG_TEST_PYTHON=PYTHON serve.mjs --weights MODEL_DIR --model MODEL_DIR [--rounds N] [--documents N]',
  );
  process.exit(2);
}

const { measureServe } = await loadBench('serve');
await measureServe({
  weights: path.resolve(values.weights),
  model: path.resolve(values.model),
  workerFile: await bundleWorker(),
  samples: path.join(root, 'samples/workspace'),
  documents: Number(values.documents),
  rounds: Number(values.rounds),
});
