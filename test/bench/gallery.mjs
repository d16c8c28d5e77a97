#!/usr/bin/env node
// How well the sets of the gallery do with the embedded model: `npm run bench -- gallery` prints the table of docs/GALLERY.md and fails
// where a set says other figures of itself.
//   --dev            on the texts that names, descriptions and thresholds were tuned on
//   --threshold T    at this threshold instead of the sets' own
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inTempFolder } from './inTempFolder.mjs';

const { values: options } = parseArgs({ options: { dev: { type: 'boolean' }, threshold: { type: 'string' } } });
const root = path.resolve(import.meta.dirname, '../..');
const glitag = (...args) =>
  JSON.parse(execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { encoding: 'utf8' }));

const { sets } = glitag('labels', 'gallery', '--json');
const others = [];
console.log('| label set | labels | mode | threshold | texts | micro-F1 | macro-F1 | precision | recall |');
console.log('|---|---|---|---|---|---|---|---|---|');
await inTempFolder((folder) => {
  for (const { name, quality } of sets) {
    const entry = glitag('labels', 'gallery', name);
    const labels = path.join(folder, 'labels.json');
    fs.writeFileSync(labels, JSON.stringify(entry));
    const part = options.dev ? 'dev' : 'test';
    const rows = path.join(root, 'test/bench/data/gallery', `${name.replaceAll(' ', '-')}.${part}.jsonl`);
    const asked = options.threshold === undefined ? [] : ['--threshold', options.threshold];
    const measured = glitag('evaluate', rows, '--labels', labels, '--json', ...asked);
    const { microF1, macroF1, micro, threshold, mode } = measured;
    const figures = [microF1, macroF1, micro.precision, micro.recall].map((figure) => figure.toFixed(3));
    console.log(`| ${[name, measured.perLabel.length, mode, threshold, measured.rows, ...figures].join(' | ')} |`);
    const says = [quality.texts, quality.microF1.toFixed(3), quality.macroF1.toFixed(3)].join(' ');
    if (says !== [measured.rows, ...figures.slice(0, 2)].join(' ')) others.push(`${name} says ${says}`);
  }
});
if (others.length > 0 && !options.dev && options.threshold === undefined) {
  console.error(others.join('\n'));
  process.exitCode = 1;
}
