#!/usr/bin/env node
// Documents a second of the engine, against bare ONNX Runtime on the same tokens, in turns within one run (docs/ENGINE.md).
//   node test/bench/engine.mjs [--rounds N] [--documents N]     with the embedded model
import { build } from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { workerBundle } from '../../scripts/bundles.mjs';
import { embeddedModel, root } from './engineBundle.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, documents: { type: 'string', default: '76' } },
});

const outfile = path.join(root, 'out/bench/engineBench.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/engineBench.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
  external: ['onnxruntime-node'],
  logLevel: 'warning',
});
const workerFile = path.join(root, 'out/bench/worker.js');
await build({ ...workerBundle, outfile: workerFile });
const { measureEngine } = await import(pathToFileURL(outfile).href);
await measureEngine(
  embeddedModel,
  workerFile,
  path.join(root, 'samples/workspace'),
  Number(values.documents),
  Number(values.rounds),
);
