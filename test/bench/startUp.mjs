#!/usr/bin/env node
// How long a cold `glitag tag` takes to its first tag, and an unchanged run to its end, against bare: Node starts, ONNX Runtime
// loads the model file, and the tokenizer is made.
//   node test/bench/startUp.mjs [--rounds N] [--files N] [--model MODEL_DIR] [--against OLD_CLI.js]
// with dist/cli.js, and the embedded model where no other is named.
import { build } from 'esbuild';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { embeddedModel, median, root } from './engineBundle.mjs';
import { untilEnd, untilOutput } from './coldProcess.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    files: { type: 'string', default: '300' },
    model: { type: 'string', default: embeddedModel },
    against: { type: 'string' },
  },
});
const files = Number(values.files);
const model = path.resolve(values.model);

const bareLoad = path.join(root, 'out/bench/bareLoad.cjs');
await build({
  absWorkingDir: root,
  entryPoints: ['test/bench/bareLoad.ts'],
  outfile: bareLoad,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  minify: true,
  external: ['onnxruntime-node'],
  logLevel: 'warning',
});

const base = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-bench-'));
process.on('exit', () => {
  fs.rmSync(base, { recursive: true, force: true });
});
const folder = path.join(base, 'work');
fs.mkdirSync(folder);
for (let n = 0; n < files; n++)
  fs.writeFileSync(
    path.join(folder, `${n}.md`),
    `Note ${n}: the customer asked about the release of the server, and we talked about the contract in meeting ${n}.\n`,
  );

/** Contestants of one command line. `tag` gives the arguments of a run; each index is filled before it is measured. */
function contestants(name, cli) {
  const tag = (what, ...more) => [cli, 'tag', what, '--model', model, '--format', 'jsonl', ...more];
  const index = path.join(base, `${name}.sqlite`);
  return [
    { name: `${name}: first tag of one file`, run: () => untilOutput(tag(path.join(folder, '0.md'))) },
    { name: `${name}: first tag of ${files} files`, run: () => untilOutput(tag(folder)) },
    { name: `${name}: unchanged run over ${files} files, whole`, run: () => untilEnd(tag(folder, '--index', index)) },
  ];
}

const all = [
  { name: 'Node starts', run: () => untilEnd(['-e', '0']) },
  { name: 'bare: Node starts, model and tokenizer load', run: () => untilOutput([bareLoad, model]) },
  ...contestants('glitag', path.join(root, 'dist/cli.js')),
  ...(values.against ? contestants('the other', path.resolve(values.against)) : []),
].map((contestant) => ({ ...contestant, seconds: [] }));

// Once before the rounds: files are in the page cache then, and the indexes full.
for (const { run } of all) await run();
for (let round = 0; round < Number(values.rounds); round++)
  for (const place of all.keys()) {
    const contestant = all[(place + round) % all.length];
    contestant.seconds.push(await contestant.run());
  }

const load = os.loadavg().map((value) => value.toFixed(1));
console.log(
  `${os.cpus()[0]?.model}, ${os.availableParallelism()} cores, load ${load.join(' ')}, ${values.rounds} rounds`,
);
const bare = all[1];
for (const { name, seconds } of all) {
  // Of the same round, so that what slows the machine down slows both.
  const ratio = median(seconds.map((each, round) => each / bare.seconds[round]));
  const milliseconds = median(seconds) * 1000;
  console.log(`  ${name.padEnd(52)} ${milliseconds.toFixed(0).padStart(6)} ms   ${ratio.toFixed(2)} of bare`);
}
