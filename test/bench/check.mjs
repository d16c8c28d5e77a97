#!/usr/bin/env node
// How well models judge statements (docs/CHECK.md): 120 pairs of a statement and a passage, in three classes.
//   node test/bench/check.mjs [MODEL FOLDER...]     the embedded model and a golden one where none is named
import fs from 'node:fs';
import path from 'node:path';
import { embeddedModel, loadEngine, loadSource, quiet, root } from './engineBundle.mjs';

const pairs = fs
  .readFileSync(path.join(root, 'test/bench/data/statements.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
// A tiny uni-encoder with random weights: it shows that the way through prompts works, and its figures are noise.
const instruct = path.join(root, 'test/golden/models/uni-bert-instruct');

const { Engine } = await loadEngine();
const { scoreStances } = await loadSource('src/shared/check/scoreStances.ts');
const { rankTexts } = await loadSource('src/shared/passages/rankTexts.ts');
const { tryModel } = await loadSource('src/shared/check/tryModel.ts');
const { judges, wordings } = await loadSource('src/core/check/judgement.ts');
const { stanceOf, stances } = await loadSource('src/core/check/stance.ts');
const { measure } = await loadSource('src/core/evaluation/metrics.ts');

const named = process.argv.slice(2);
for (const folder of named.length > 0 ? named : [embeddedModel, instruct]) await measureModel(folder);

async function measureModel(folder) {
  const engine = await Engine.load({ folder, threads: 0, maxBatchTokens: 8192 }, () => undefined);
  const classifier = {
    describe: () => Promise.resolve(engine.description),
    classify: (documents, task) => engine.classify(documents, task, { chunkTokens: 512, ...quiet }),
  };
  const { name, architecture } = engine.description;
  const noise = folder === instruct ? '; random weights: its figures are noise' : '';
  console.log(`\n## ${name} (${architecture}${noise})\n`);
  const began = performance.now();
  const judgement = await tryModel(classifier, { read: () => null, write: () => undefined });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `On its own pairs, in ${seconds} s: macro-F1 ${judgement.macroF1.toFixed(3)} by ${judgement.wording}: ${judges(judgement) ? 'it judges' : 'it finds related passages, it does not judge'}.\n`,
  );
  await measureNearness(classifier, engine.description.defaultThreshold);
  for (const wording of wordings) await measureWording(classifier, wording);
  await engine.release();
}

/** Whether passages that say something of the statement are found, and others left out. */
async function measureNearness(classifier, threshold) {
  const near = { supports: 0, contradicts: 0, neither: 0 };
  for (const { statement, passage, stance } of pairs) {
    const [{ score }] = await rankTexts(classifier, statement, [{ id: '', text: passage }]);
    if (score >= threshold) near[stance]++;
  }
  const counts = stances.map((stance) => `${near[stance]} of ${pairs.length / 3} (${stance})`);
  console.log(`Related (nearness ${threshold} or more): ${counts.join(', ')}\n`);
}

async function measureWording(classifier, wording) {
  const scored = [];
  for (const { statement, passage } of pairs)
    scored.push(...(await scoreStances(classifier, statement, [passage], wording)));
  const given = scored.map(stanceOf);
  const { accuracy, macro } = measure(
    pairs.map(({ stance }) => [stance]),
    given.map((stance) => [stance]),
    stances,
  );
  console.log(`By ${wording}: accuracy ${accuracy.toFixed(3)}, macro-F1 ${macro.f1.toFixed(3)}\n`);
  console.log(`| is | ${stances.map((stance) => `said: ${stance}`).join(' | ')} | mean score: supports, contradicts |`);
  console.log(`|---|${stances.map(() => '---|').join('')}---|`);
  for (const stance of stances) {
    const own = pairs.flatMap((pair, at) => (pair.stance === stance ? [at] : []));
    const counts = stances.map((said) => own.filter((at) => given[at] === said).length);
    const mean = (which) => (own.reduce((sum, at) => sum + scored[at][which], 0) / own.length).toFixed(3);
    console.log(`| ${stance} | ${counts.join(' | ')} | ${mean('supports')}, ${mean('contradicts')} |`);
  }
  console.log();
}
