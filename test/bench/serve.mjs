#!/usr/bin/env node
// Upstream's own server on Ray beside the child process: same weights in fp32, texts and labels; documents a second and how far scores differ.
//   node test/bench/serve.mjs [--replicas 1,2] [--models uni-encoder,embedded] [--documents N] [--rounds N]
// Makes the models itself, in the Python environment of the tier `serve`.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensurePython } from '../../scripts/lib/python.mjs';
import { bundleWorker, embeddedModel, loadBench, root } from './engineBundle.mjs';
import { inTempFolder } from './inTempFolder.mjs';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '1,2' },
    models: { type: 'string', default: 'uni-encoder,embedded' },
    documents: { type: 'string', default: '76' },
    rounds: { type: 'string', default: '2' },
  },
});
const training = path.join(root, 'training');
const python = await ensurePython(path.join(training, 'requirements-serve.txt'));
process.env.GLITAG_TEST_PYTHON = python;
const glitagTrain = ['-m', 'glitag_train'];

/** How the server's weights are made, and what it is told beyond `RayServer`'s own. */
const kinds = {
  'uni-encoder': {
    make: (out) => [path.join(root, 'test/bench/uniEncoder.py'), embeddedModel, out],
    limits: {},
  },
  // Each label is padded to the limit: no longer than the texts.
  embedded: {
    make: (out) => [...glitagTrain, 'checkpoint', embeddedModel, out],
    limits: { maxModelLen: 256, oneTextAPass: true },
  },
};

function inPython(args) {
  const env = { ...process.env, PYTHONPATH: training, PYTHONDONTWRITEBYTECODE: '1', HF_HUB_OFFLINE: '1' };
  execFileSync(python, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

const { measureServe } = await loadBench('serve');
const workerFile = await bundleWorker();
for (const name of values.models.split(',')) {
  const { make, limits } = kinds[name];
  await inTempFolder(async (folder) => {
    const [weights, model] = [path.join(folder, 'weights'), path.join(folder, 'model')];
    inPython(make(weights));
    inPython([...glitagTrain, 'export', weights, model]);
    console.log(`\n${name}, load ${loadavg()[0].toFixed(1)}`);
    await measureServe({
      ...{ weights, model, workerFile, limits },
      samples: path.join(root, 'samples/workspace'),
      replicas: values.replicas.split(',').map(Number),
      documents: Number(values.documents),
      rounds: Number(values.rounds),
    });
  });
}
