#!/usr/bin/env node
// `npm run bench [-- NAME [ARGS]]`: the measurements of test/bench, one after the other or one by name. Never part of `npm test`.
import fs from 'node:fs';
import { inRepo, pinnedNode } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { build, ensurePackages } from './lib/setup.mjs';

/** Those that need no data of the caller's. */
const byDefault = ['engine', 'startUp', 'workspaceRun'];

const [name, ...args] = process.argv.slice(2);
const wanted = name === undefined ? byDefault : [name];
const missing = wanted.find((bench) => !fs.existsSync(inRepo('test/bench', `${bench}.mjs`)));

async function main() {
  if (missing) {
    console.error(`There is no bench ${missing}: see test/bench.`);
    return 2;
  }
  await ensurePackages();
  await build();
  for (const bench of wanted) {
    console.log(`\n=== ${bench}`);
    const { code } = await run(pinnedNode, [inRepo('test/bench', `${bench}.mjs`), ...args]);
    if (code !== 0) return code;
  }
  return 0;
}

process.exitCode = await main();
