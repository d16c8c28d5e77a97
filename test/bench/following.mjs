#!/usr/bin/env node
// One decision over a tagged workspace: how long until all rows follow, and how long the event loop stands still.
//   node test/bench/following.mjs [--files N] [--decided N]      real index, real model process; documents are made up of random vectors
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleBench, root } from './engineBundle.mjs';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, decided: { type: 'string', default: '500' } },
});

const outfile = await bundleBench('following', { vscode: true });
const base = mkdtempSync(path.join(tmpdir(), 'glitag-bench-'));
try {
  execFileSync(process.execPath, [outfile, root, base, values.files, values.decided], { stdio: 'inherit' });
} finally {
  rmSync(base, { recursive: true, force: true });
}
