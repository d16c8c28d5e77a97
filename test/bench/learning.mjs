#!/usr/bin/env node
// What decisions are worth with the embedded model: quality on documents that nobody decided on, after 0, 1, 2, 4, 8 and 16
// decisions a label (docs/FEWSHOT.md).
//   node test/bench/learning.mjs [--single-label] [--wrong SHARE] [DATA.jsonl...]
// Rows in upstream's training format; with a field `set` each set is measured by itself and all are counted together. Without
// files: data/decisions.jsonl. --wrong: share of decisions that are the opposite of what is true.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { embeddedModel, loadEngine, loadSource, quiet, root, seededRandom, shuffled } from './engineBundle.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'single-label': { type: 'boolean', default: false }, wrong: { type: 'string', default: '0' } },
});
const files = positionals.length > 0 ? positionals : [path.join(root, 'test/bench/data/decisions.jsonl')];
const mode = options['single-label'] ? 'single-label' : 'multi-label';
const wrongShare = Number(options.wrong);

const counts = [0, 1, 2, 4, 8, 16];
const seeds = [1, 2, 3, 4, 5];
const maxRows = 1000;
const threshold = 0.5;

/**
 * How the user goes through the proposed tags. `adds`: gives, with each document that is decided on for the first time, the labels
 * that are missing there; each is a decision too.
 */
const ways = [
  { name: 'queue', order: 'queue', adds: false },
  { name: 'random', order: 'random', adds: false },
  { name: 'queue, adds what is missing', order: 'queue', adds: true },
  { name: 'random, adds what is missing', order: 'random', adds: true },
];

const { Engine } = await loadEngine();
const { decide } = await loadSource('src/core/decide.ts');
const { effectiveTags } = await loadSource('src/core/review/effectiveTags.ts');
const { lessonOf } = await loadSource('src/core/review/lesson.ts');
const { reviewOrder } = await loadSource('src/core/review/reviewOrder.ts');
const engine = await Engine.load({ folder: embeddedModel, threads: 0, maxBatchTokens: 8192 }, () => undefined);

console.log('| data | order | decisions a label | taken | right | macro-F1 | micro-F1 | documents worse off |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const file of files) await measure(file);
await engine.release();

async function measure(file) {
  const groups = new Map();
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n').slice(0, maxRows);
  for (const row of lines.map((line) => JSON.parse(line))) {
    const name = row.set ?? '';
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const sets = [];
  for (const [name, rows] of groups) sets.push(await readSet(name, rows));
  for (const way of ways) {
    const results = counts.map(() => []);
    for (const seed of seeds) {
      const steps = [];
      for (const set of sets) steps.push(await simulate(set, way, seed));
      for (const index of counts.keys()) results[index].push(summary(steps.map((step) => step[index])));
    }
    for (const [index, count] of counts.entries()) {
      const mean = (key) => results[index].reduce((sum, result) => sum + result[key], 0) / seeds.length;
      const figures = [mean('macro').toFixed(3), mean('micro').toFixed(3), `${(mean('worse') * 100).toFixed(1)} %`];
      const taken = [Math.round(mean('taken')), count === 0 ? '' : `${(mean('right') * 100).toFixed(0)} %`];
      console.log(`| ${[path.basename(file, '.jsonl'), way.name, count, ...taken, ...figures].join(' | ')} |`);
    }
  }
}

async function readSet(name, rows) {
  const labels = [...new Set(rows.flatMap((row) => row.all_labels))];
  const set = {
    ...{ name, mode, threshold, exclusive: [], examples: [], include: [], exclude: [] },
    labels: labels.map((label) => ({ name: label, path: [label] })),
  };
  const documents = rows.map((row, index) => ({ id: String(index), text: row.text }));
  const task = { labels, mode, examples: [] };
  const outcomes = await engine.classify(documents, task, { chunkTokens: null, vectors: true, ...quiet });
  return {
    ...{ set, task },
    kept: outcomes.map(({ id, vectors }) => ({ id, vectors })),
    truth: rows.map((row) => new Set(row.true_labels)),
  };
}

/** One user on one set: half of the documents are decided on, the other half is what is measured. A step a count. */
async function simulate({ set, task, kept, truth }, way, seed) {
  const random = seededRandom(seed);
  const order = shuffled([...truth.keys()], random);
  const pool = order.slice(0, Math.floor(order.length / 2));
  const held = order.slice(pool.length);
  const decisions = new Map(pool.map((row) => [row, []]));
  const names = set.labels.map(({ name }) => name);
  const resultsOf = async (rows) => {
    const examples = [...decisions].flatMap(([row, made]) => {
      const lesson = lessonOf(made, set);
      const hash = String(row).padStart(64, '0');
      return lesson ? [{ text: '', ...lesson, kept: { hash, vectors: kept[row].vectors.values } }] : [];
    });
    const documents = rows.map((row) => kept[row]);
    const outcomes = await engine.rescore(documents, { ...task, examples });
    return outcomes.map(({ scores }) => {
      const all = [...scores].map((score, index) => ({ label: names[index], score, start: 0, end: 0 }));
      return decide(all, set);
    });
  };
  const steps = [];
  const before = await resultsOf(held);
  let taken = 0;
  let right = 0;
  let now = 0;
  const say = (row, label, verdict) => {
    const isWrong = random() < wrongShare;
    decisions.get(row).push({
      ...{ label, textHash: '', decidedMs: ++now },
      verdict: isWrong ? { accepted: 'rejected', rejected: 'accepted', added: 'rejected' }[verdict] : verdict,
    });
    taken++;
  };
  for (let round = 0; round <= Math.max(...counts); round++) {
    if (counts.includes(round)) {
      const after = round === 0 ? before : await resultsOf(held);
      steps.push({
        names,
        taken,
        right,
        ...compared(
          before,
          after,
          held.map((row) => truth[row]),
        ),
      });
    }
    // Scores follow after each round of as many decisions as there are labels.
    const results = await resultsOf(pool);
    const reviewed = pool.map((row, index) => ({
      document: row,
      tags: effectiveTags(results[index], decisions.get(row), set),
    }));
    const items = reviewOrder(reviewed, set);
    const queue = way.order === 'queue' ? items : shuffled(items, random);
    for (const { document: row, tag } of queue) {
      if (taken >= (round + 1) * names.length) break;
      const first = decisions.get(row).length === 0;
      const isRight = truth[row].has(tag.label);
      say(row, tag.label, isRight ? 'accepted' : 'rejected');
      if (isRight) right++;
      if (!way.adds || !first) continue;
      const shown = new Set(reviewed.find(({ document }) => document === row).tags.tags.map(({ label }) => label));
      for (const label of truth[row]) if (!shown.has(label)) say(row, label, 'added');
    }
  }
  return steps;
}

/** Hits by label, and how many documents have more mistakes than before. */
function compared(before, after, truth) {
  const tally = new Map();
  let worse = 0;
  for (const [index, labels] of truth.entries()) {
    const [old, tags] = [before, after].map((results) => new Set(results[index].tags.map(({ label }) => label)));
    if (mistakes(tags, labels) > mistakes(old, labels)) worse++;
    for (const label of new Set([...tags, ...labels])) {
      const own = tally.get(label) ?? { found: 0, extra: 0, lost: 0 };
      own[tags.has(label) ? (labels.has(label) ? 'found' : 'extra') : 'lost']++;
      tally.set(label, own);
    }
  }
  return { tally, worse, documents: truth.length };
}

function mistakes(tags, labels) {
  return (
    [...tags].filter((label) => !labels.has(label)).length + [...labels].filter((label) => !tags.has(label)).length
  );
}

/** All sets of a file together. Macro: over the labels that some document carries. */
function summary(steps) {
  const add = (key) => steps.reduce((sum, step) => sum + step[key], 0);
  const all = steps.flatMap(({ tally }) => [...tally.values()]);
  const f1 = ({ found, extra, lost }) => (found === 0 ? 0 : (2 * found) / (2 * found + extra + lost));
  const carried = all.filter(({ found, lost }) => found + lost > 0);
  const total = { found: 0, extra: 0, lost: 0 };
  for (const own of all) for (const key of Object.keys(total)) total[key] += own[key];
  return {
    macro: carried.reduce((sum, own) => sum + f1(own), 0) / carried.length,
    micro: f1(total),
    worse: add('worse') / add('documents'),
    taken: add('taken'),
    right: add('right') / Math.max(1, add('taken')),
  };
}
