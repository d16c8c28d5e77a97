#!/usr/bin/env node
// How many decisions calibration needs: error of probabilities and quality of thresholds on documents that were not decided on.
//   glitag evaluate DATA --mode multi-label --html REPORT.html, then: node test/bench/calibration.mjs REPORT.html...
import fs from 'node:fs';
import path from 'node:path';
import { loadSource, seededRandom, shuffled } from './engineBundle.mjs';

const decisions = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const seeds = [1, 2, 3, 4, 5];

const names = ['calibration', 'platt', 'isotonic', 'thresholds'];
const sources = await Promise.all(names.map((name) => loadSource(`src/core/evaluation/calibrate/${name}.ts`)));
const core = Object.assign({}, ...sources);

for (const file of process.argv.slice(2)) measure(readPairs(file), path.basename(file));

function readPairs(file) {
  const html = fs.readFileSync(file, 'utf8');
  const start = html.indexOf('{', html.indexOf('id="report-data"'));
  const { labels, rows, scores: base64 } = JSON.parse(html.slice(start, html.indexOf('</script>', start)));
  const scores = new Float32Array(new Uint8Array(Buffer.from(base64, 'base64')).buffer);
  const documents = rows.map(({ document, truth }, row) => {
    const own = labels.map((_, label) => ({
      document,
      label,
      score: scores[row * labels.length + label],
      isTrue: truth.includes(label),
    }));
    return { truth, pairs: own.filter(({ score }) => Number.isFinite(score)) };
  });
  return { documents, labelCount: labels.length };
}

/** Half of the documents is judged; of the other half so many of each label are decided as there are, at most `count`. */
function measure({ documents, labelCount }, name) {
  console.log(`\n${name}: ${documents.length} documents, ${labelCount} labels. Brier score x 1000; log loss x 1000\n`);
  console.log(
    '| documents a label | pairs | raw | set | own Platt | shrunk | own isotonic | raw | set | own Platt | shrunk | own isotonic | F1 .5 | F1 one threshold | F1 proposed |',
  );
  console.log(`|${'---|'.repeat(15)}`);
  let before = 0;
  for (const count of decisions) {
    const sums = [];
    let decidedPairs = 0;
    for (const seed of seeds) {
      const order = shuffled(documents, seededRandom(seed));
      const half = Math.floor(order.length / 2);
      const judged = order.slice(0, half).flatMap(({ pairs }) => pairs);
      const taken = new Map();
      const decided = order.slice(half).filter(({ truth }) => {
        if (!truth.some((label) => (taken.get(label) ?? 0) < count)) return false;
        for (const label of truth) taken.set(label, (taken.get(label) ?? 0) + 1);
        return true;
      });
      const pairs = decided.flatMap((document) => document.pairs);
      decidedPairs += pairs.length;
      sums.push(errors(pairs, judged, labelCount));
    }
    // There are no more documents of any label.
    if (decidedPairs === before) return;
    before = decidedPairs;
    const means = sums[0].map((_, at) => sums.reduce((sum, row) => sum + row[at], 0) / sums.length);
    const cells = means.map((value, at) => (at < 10 ? (1000 * value).toFixed(1) : value.toFixed(3)));
    console.log(`| ${count} | ${Math.round(decidedPairs / seeds.length)} | ${cells.join(' | ')} |`);
  }
}

function errors(pairs, judged, labelCount) {
  const calibration = core.calibrate(pairs, labelCount, Infinity);
  const own = Array.from({ length: labelCount }, (_, label) => {
    const some = pairs.filter((pair) => pair.label === label);
    const relevant = some.map(({ isTrue }) => Number(isTrue));
    const logits = some.map(({ score }) => core.logit(score));
    return {
      platt: some.length > 0 ? core.fitPlatt(logits, core.smoothedTargets(relevant)) : calibration.set,
      isotonic: core.fitIsotonic(
        some.map(({ score }) => score),
        relevant,
      ),
    };
  });
  const methods = [
    ({ score }) => score,
    ({ score }) => core.plattValue(calibration.set, score),
    ({ label, score }) => core.plattValue(own[label].platt, score),
    ({ label, score }) => core.probabilityOf(calibration, label, score),
    ({ label, score }) =>
      own[label].isotonic ? core.isotonicValue(own[label].isotonic, score) : core.plattValue(calibration.set, score),
  ];
  const mean = (of) => judged.reduce((sum, pair) => sum + of(pair), 0) / judged.length;
  const inside = (p) => Math.min(0.999, Math.max(0.001, p));
  const brier = methods.map((method) => mean((pair) => (method(pair) - pair.isTrue) ** 2));
  const log = methods.map((method) =>
    mean((pair) => -Math.log(pair.isTrue ? inside(method(pair)) : 1 - inside(method(pair)))),
  );
  const f1 = (thresholdOf) => {
    const given = judged.filter(({ label, score }) => score >= thresholdOf(label));
    return (
      (2 * given.filter(({ isTrue }) => isTrue).length) / (given.length + judged.filter(({ isTrue }) => isTrue).length)
    );
  };
  const { set, labels } = core.thresholdsFor(calibration, pairs, 0);
  return [...brier, ...log, f1(() => 0.5), f1(() => set), f1((label) => labels[label])];
}
