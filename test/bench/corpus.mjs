#!/usr/bin/env node
// JSON Lines through `glitag tag --input -`: documents a second of everything but the model, and memory over time.
//   node test/bench/corpus.mjs [--documents N]      the command with a classifier that does nothing, without an index, with a new one, with the same again
import { spawn } from 'node:child_process';
import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { bundleBench, median } from './engineBundle.mjs';
import { inTempFolder } from './inTempFolder.mjs';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '200000' } } });
const count = Number(values.documents);
const program = await bundleBench('corpus');

/** Each text is another: none is known from a line before. */
function corpus(base) {
  const file = path.join(base, 'corpus.jsonl');
  const line = (n) =>
    `${JSON.stringify({ id: n, from: { desk: n % 40 }, text: `Ticket ${n}: the order did not arrive, and nobody answers the phone.` })}\n`;
  writeFileSync(file, Array.from({ length: count }, (_, n) => line(n)).join(''));
  return file;
}

async function measure(name, file, index) {
  const child = spawn(process.execPath, [program, ...(index ? [index] : [])], { stdio: ['pipe', 'pipe', 'pipe'] });
  const samples = [];
  let [said, lines] = ['', 0];
  child.stderr.on('data', (data) => (said += data));
  child.stdout.on('data', (data) => {
    for (let at = data.indexOf(10); at !== -1; at = data.indexOf(10, at + 1)) lines++;
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  await pipeline(createReadStream(file), child.stdin);
  const code = await closed;
  // The counts come last.
  if (code !== 0 || lines !== count + 1) throw new Error(`${name}: ended with ${code} after ${lines} lines\n${said}`);
  for (const line of said.trim().split('\n')) samples.push(JSON.parse(line));
  const { seconds } = samples.at(-1);
  const at = (share) => samples[Math.round(share * (samples.length - 1))].megabytes;
  const resident = samples.map(({ megabytes }) => megabytes);
  const half = Math.ceil(resident.length / 2);
  const halves = `median of the first half ${median(resident.slice(0, half))}, of the second ${median(resident.slice(half))}`;
  console.log(
    `${name}: ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} documents a second; MB resident at 10, 50, 100 %: ${[0.1, 0.5, 1].map(at).join(', ')} (${halves})`,
  );
}

await inTempFolder(async (base) => {
  const file = corpus(base);
  const index = path.join(base, 'index.sqlite');
  await measure('no index', file);
  await measure('a new index', file, index);
  await measure('the same again', file, index);
});
