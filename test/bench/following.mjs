#!/usr/bin/env node
// One decision over a tagged workspace: how long until all rows follow, and how long the event loop stands still.
//   node test/bench/following.mjs [--files N] [--decided N]      real index, real model process; documents are made up of random vectors
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundleBench, root } from './engineBundle.mjs';
import { inTempFolder } from './inTempFolder.mjs';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '10000' }, decided: { type: 'string', default: '500' } },
});

const outfile = await bundleBench('following', { vscode: true });
await inTempFolder((base) => {
  execFileSync(process.execPath, [outfile, root, base, values.files, values.decided], { stdio: 'inherit' });
});
