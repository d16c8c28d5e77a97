#!/usr/bin/env node
// How long kept vectors take to say which of many documents are worth reading for a question (docs/PASSAGES.md).
//   node test/bench/choosing.mjs [--documents N]      real index, real model process; documents of two chunks are made up of random vectors
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundleBench, bundleWorker, embeddedModel } from './engineBundle.mjs';
import { inTempFolder } from './inTempFolder.mjs';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '20000' } } });
const [outfile, worker] = [await bundleBench('choosing'), await bundleWorker()];
await inTempFolder((base) => {
  execFileSync(process.execPath, [outfile, base, worker, embeddedModel, values.documents], { stdio: 'inherit' });
});
