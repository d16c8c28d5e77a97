#!/usr/bin/env node
// How well, and how fast, questions are answered by passages: words alone (BM25), kept vectors alone, and kept vectors with the best
// chunks read again (docs/PASSAGES.md). 60 questions over this repository's README, docs and samples: data/questions.jsonl.
//   node test/bench/rerank.mjs [--candidates N] [--model FOLDER]      the model of FOLDER reads, the embedded one's vectors choose
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBench, bundleWorker, embeddedModel, root } from './engineBundle.mjs';
import { inTempFolder } from './inTempFolder.mjs';

const { values } = parseArgs({
  options: { candidates: { type: 'string', default: '40' }, model: { type: 'string', default: embeddedModel } },
});

const [outfile, worker] = [await bundleBench('rerank'), await bundleWorker()];
await inTempFolder((base) => {
  const args = [outfile, root, base, worker, embeddedModel, path.resolve(values.model), values.candidates];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
});
