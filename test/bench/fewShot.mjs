#!/usr/bin/env node
// What examples are worth with the embedded model: quality at 0, 1, 4 and 8 examples a label (docs/FEWSHOT.md).
//   node test/bench/fewShot.mjs DATA.jsonl...     rows in upstream's training format, one true label each
import fs from 'node:fs';
import path from 'node:path';
import { embeddedModel, loadEngine, quiet, seededRandom } from './engineBundle.mjs';

const counts = [0, 1, 4, 8];
const seeds = [1, 2, 3, 4, 5];
const maxRows = 1000;

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: fewShot.mjs DATA.jsonl...');
  process.exit(2);
}

const { Engine } = await loadEngine();
const engine = await Engine.load({ folder: embeddedModel, threads: 0, maxBatchTokens: 8192 }, () => undefined);
console.log(
  '| data | examples a label | macro-F1, argmax | micro-F1 at .5 | mean score, right label | mean score, other labels |',
);
console.log('|---|---|---|---|---|---|');
for (const file of files) await measure(file);
await engine.release();

async function measure(file) {
  const rows = fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(0, maxRows)
    .map((line) => JSON.parse(line));
  const labels = [...new Set(rows.flatMap((row) => row.all_labels))];
  const documents = rows.map((row, index) => ({ id: String(index), text: row.text }));
  const task = { labels, mode: 'multi-label', examples: [] };
  const outcomes = await engine.classify(documents, task, { chunkTokens: 512, vectors: true, ...quiet });
  const kept = outcomes.map(({ id, vectors }) => ({ id, vectors }));
  const results = new Map(counts.map((count) => [count, []]));
  for (const seed of seeds) {
    const { pool, test } = split(rows, labels, seed);
    for (const count of counts) {
      const examples = pool
        .flatMap((own) => own.slice(0, count))
        .map((row) => ({ text: rows[row].text, labels: rows[row].true_labels }));
      const scored = await engine.rescore(
        test.map((row) => kept[row]),
        { ...task, examples },
      );
      results.get(count).push(
        quality(
          scored,
          test.map((row) => labels.indexOf(rows[row].true_labels[0])),
          labels.length,
        ),
      );
    }
  }
  for (const [count, measured] of results) {
    const cells = [0, 1, 2, 3].map((index) =>
      (measured.reduce((sum, row) => sum + row[index], 0) / measured.length).toFixed(3),
    );
    console.log(`| ${path.basename(file, '.jsonl')} | ${count} | ${cells.join(' | ')} |`);
  }
}

/** Rows for examples, per label (at most 8, never more than half), and rows to test on: the same for every count. */
function split(rows, labels, seed) {
  const random = seededRandom(seed);
  const order = rows
    .map((_, index) => [random(), index])
    .sort((a, b) => a[0] - b[0])
    .map(([, index]) => index);
  const pool = labels.map((label) => {
    const own = order.filter((row) => rows[row].true_labels[0] === label);
    return own.slice(0, Math.min(Math.max(...counts), Math.floor(own.length / 2)));
  });
  const taken = new Set(pool.flat());
  return { pool, test: order.filter((row) => !taken.has(row)) };
}

function quality(outcomes, truth, labelCount) {
  const hits = new Array(labelCount).fill(0);
  const wrong = new Array(labelCount).fill(0);
  const missed = new Array(labelCount).fill(0);
  let [right, other, found, extra, lost] = [0, 0, 0, 0, 0];
  for (const [index, { scores }] of outcomes.entries()) {
    const best = scores.indexOf(Math.max(...scores));
    if (best === truth[index]) hits[best]++;
    else [wrong[best], missed[truth[index]]] = [wrong[best] + 1, missed[truth[index]] + 1];
    for (const [label, score] of scores.entries()) {
      const is = label === truth[index];
      if (is) right += score;
      else other += score / (labelCount - 1);
      if (score >= 0.5) is ? found++ : extra++;
      else if (is) lost++;
    }
  }
  const f1 = hits.flatMap((hit, label) =>
    hit + wrong[label] + missed[label] > 0 ? [(2 * hit) / (2 * hit + wrong[label] + missed[label])] : [],
  );
  const macro = f1.reduce((sum, value) => sum + value, 0) / f1.length;
  return [macro, (2 * found) / (2 * found + extra + lost), right / outcomes.length, other / outcomes.length];
}
