#!/usr/bin/env node
// A workspace run beside upstream's PyTorch pipeline: same weights, texts and labels, in turns within one run.
//   node test/bench/upstream.mjs --python PYTHON --weights MODEL_DIR [--model MODEL_DIR] [--rounds N] [--documents N]
// PYTHON has gliclass, torch and safetensors; MODEL_DIR holds config.json, model.safetensors and the tokenizer.
// --model: ours, made from the same weights; the embedded one where no other is named.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorker, embeddedModel, loadBench, root } from './engineBundle.mjs';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    weights: { type: 'string' },
    model: { type: 'string', default: embeddedModel },
    rounds: { type: 'string', default: '5' },
    documents: { type: 'string', default: '76' },
  },
});
if (!values.python || !values.weights) {
  console.error(
    'Usage: upstream.mjs --python PYTHON --weights MODEL_DIR [--model MODEL_DIR] [--rounds N] [--documents N]',
  );
  process.exit(2);
}

const { measureUpstream } = await loadBench('upstream');
await measureUpstream({
  python: values.python,
  weights: values.weights,
  script: path.join(root, 'test/bench/upstreamPipeline.py'),
  workerFile: await bundleWorker(),
  model: path.resolve(values.model),
  samples: path.join(root, 'samples/workspace'),
  documents: Number(values.documents),
  rounds: Number(values.rounds),
});
