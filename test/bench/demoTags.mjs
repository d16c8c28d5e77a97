#!/usr/bin/env node
// How many tags of the sample workspace are right: `npm run bench -- demoTags`. demoTags.json holds a reader's judgement of all 38
// documents under the built-in label set: `right` tags must be there, `fair` ones may be, all others are wrong.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const judged = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'demoTags.json'), 'utf8'));
const samples = 'samples/workspace';

const printed = execFileSync(
  process.execPath,
  ['dist/cli.js', 'tag', '--format', 'json', samples, ...process.argv.slice(2)],
  {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const given = new Map(
  JSON.parse(printed).documents.map((document) => [
    path.posix.relative(samples, document.path),
    document.tags.map((tag) => tag.label),
  ]),
);

const sums = { right: 0, fair: 0, wrong: 0, missing: 0 };
for (const [name, { right, fair }] of Object.entries(judged)) {
  const tags = given.get(name);
  if (!tags) throw new Error(`${name} was not tagged`);
  const wrong = tags.filter((tag) => !right.includes(tag) && !fair.includes(tag));
  const missing = right.filter((tag) => !tags.includes(tag));
  sums.right += right.length - missing.length;
  sums.fair += tags.filter((tag) => fair.includes(tag)).length;
  sums.wrong += wrong.length;
  sums.missing += missing.length;
  if (wrong.length + missing.length > 0) {
    console.log(`${name}  wrong: ${wrong.join(', ') || '-'}  missing: ${missing.join(', ') || '-'}`);
  }
}
console.log(`${sums.right} right, ${sums.fair} fair, ${sums.wrong} wrong, ${sums.missing} missing`);
