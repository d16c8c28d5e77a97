#!/usr/bin/env node
// Workspace runs: second run and changed label set against the first, longest stop of the event loop, memory over 100,000 files.
//   node test/bench/workspaceRun.mjs [--documents N] [--mixed N] [--sentences N] [--long N] [--many N]     with the embedded model, and with a classifier that does nothing
import { parseArgs } from 'node:util';
import { bundleWorker, embeddedModel, loadBench } from './engineBundle.mjs';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '1000' },
    mixed: { type: 'string', default: '1500' },
    sentences: { type: 'string', default: '10000' },
    long: { type: 'string', default: '20000' },
    many: { type: 'string', default: '100000' },
  },
});

const workerFile = await bundleWorker();
const { measureMany, measureMemory, measureReal, sentences, words } = await loadBench('workspaceRun');
await measureReal(Number(values.mixed), words(20, 160), embeddedModel, workerFile);
await measureReal(Number(values.documents), sentences(12), embeddedModel, workerFile);
await measureReal(Number(values.sentences), sentences(1), embeddedModel, workerFile);
await measureMemory(Number(values.long), embeddedModel, workerFile);
await measureMany(Number(values.many));
