#!/usr/bin/env node
// Workspace runs: second run and changed label set against the first, longest stop of the event loop, memory over 100,000 files.
//   node test/bench/workspaceRun.mjs [--documents N] [--mixed N] [--sentences N] [--long N] [--many N]     with the embedded model, and with a classifier that does nothing
import { build } from 'esbuild';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { workerBundle } from '../../scripts/bundles.mjs';
import { embeddedModel, root } from './engineBundle.mjs';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000' },
    mixed: { type: 'string', default: '1500' },
    sentences: { type: 'string', default: '10000' },
    long: { type: 'string', default: '20000' },
    many: { type: 'string', default: '100000' },
  },
});

const outfile = path.join(root, 'out/bench/workspaceRun.mjs');
const workerFile = path.join(root, 'out/bench/worker.js');
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/workspaceRunBench.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'warning',
});
await build({ ...workerBundle, outfile: workerFile });
const { measureMany, measureMemory, measureReal, sentences, words } = await import(pathToFileURL(outfile).href);
await measureReal(Number(values.mixed), words(20, 160), embeddedModel, workerFile);
await measureReal(Number(values.documents), sentences(12), embeddedModel, workerFile);
await measureReal(Number(values.sentences), sentences(1), embeddedModel, workerFile);
await measureMemory(Number(values.long), embeddedModel, workerFile);
await measureMany(Number(values.many));
