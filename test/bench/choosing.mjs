#!/usr/bin/env node
// How long kept vectors take to say which of many documents are worth reading for a question (docs/PASSAGES.md).
//   node test/bench/choosing.mjs [--documents N]      real index, real model process; documents of two chunks are made up of random vectors
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBench, bundleWorker, embeddedModel } from './engineBundle.mjs';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '20000' } } });
const [outfile, worker] = [await bundleBench('choosing'), await bundleWorker()];
const base = mkdtempSync(path.join(tmpdir(), 'glitag-bench-'));
try {
  execFileSync(process.execPath, [outfile, base, worker, embeddedModel, values.documents], { stdio: 'inherit' });
} finally {
  rmSync(base, { recursive: true, force: true });
}
