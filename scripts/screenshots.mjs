#!/usr/bin/env node
// `npm run screenshots`: takes the pictures anew (the UI tests) and puts those that the documents use into docs/images.
import fs from 'node:fs';
import { inRepo, pinnedNode } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

/** Name in the documents, and which picture of the tests it is. */
const used = {
  'workbench-dark': 'tree-dark',
  'workspace-by-label': 'workspace-by-label',
  answers: 'answers-opened',
  review: 'review-dark',
  statements: 'statements-table',
  trained: 'trained-dark',
};

const { code } = await run(pinnedNode, [inRepo('scripts/test.mjs'), '--only', 'ui']);
if (code === 0) {
  fs.mkdirSync(inRepo('docs/images'), { recursive: true });
  for (const [name, taken] of Object.entries(used))
    fs.copyFileSync(inRepo('test-results/screenshots', `${taken}.png`), inRepo('docs/images', `${name}.png`));
}
process.exitCode = code;
