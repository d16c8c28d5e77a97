#!/usr/bin/env node
// `npm run screenshots`: takes the pictures anew (the UI tests) and puts those that the documents use into docs/images.
import fs from 'node:fs';
import { inRepo, pinnedNode } from './lib/paths.mjs';
import { run } from './lib/run.mjs';

const used = [
  'tree-light',
  'tree-dark',
  'tree-high-contrast',
  'tree-narrow',
  'palette',
  'workspace-by-folder',
  'workspace-by-label',
  'badges',
];

const { code } = await run(pinnedNode, [inRepo('scripts/test.mjs'), '--only', 'ui']);
if (code === 0) {
  fs.mkdirSync(inRepo('docs/images'), { recursive: true });
  for (const name of used)
    fs.copyFileSync(inRepo('test-results/screenshots', `${name}.png`), inRepo('docs/images', `${name}.png`));
  console.log(`docs/images: ${used.length} pictures`);
}
process.exitCode = code;
