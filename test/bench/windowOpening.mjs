#!/usr/bin/env node
// Opening a window on a tagged folder of which files changed meanwhile: how long the event loop stands still, and the view is wrong.
// Then one tag, a thousand and ten thousand tags are decided on, as steps of their own, the last undone and made again: when the view shows it.
//   node test/bench/windowOpening.mjs [--files N] [--changed N]      real files and index; `vscode` is a stand-in, the classifier does nothing
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundleBench } from './engineBundle.mjs';
import { inTempFolder } from './inTempFolder.mjs';

const { values } = parseArgs({
  options: { files: { type: 'string', default: '100000' }, changed: { type: 'string', default: '5000' } },
});

// Of the last ten thousand, each is to be decided on; a hundred are deleted before.
const fewestFiles = 10_100;
const [files, changed] = [Number(values.files), Number(values.changed)];
if (!(files >= fewestFiles) || !(changed >= 0 && changed <= files - 100)) {
  console.error(
    `--files must be ${fewestFiles} or more, and --changed from 0 to 100 below it. Give for example --files ${fewestFiles}.`,
  );
  process.exit(2);
}

const outfile = await bundleBench('windowOpening', { vscode: true });
await inTempFolder((base) => {
  // Each in a process of its own: a window begins cold.
  for (const step of ['prepare', 'open', 'change', 'open', 'open', 'decide', 'decideShared'])
    execFileSync(process.execPath, [outfile, step, base, values.files, values.changed], { stdio: 'inherit' });
});
