// `verify`: how far a model here is from upstream's recorded results, or, without a recording, whether it runs at all.
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { VerifyReport } from '../shared/childMessages';
import { Engine } from './engine';
import { compareCase } from './golden/compare';
import { readGolden } from './golden/goldenFile';
import type { Golden } from './golden/goldenFile';
import { replayCase } from './golden/replayCase';
import { loadModel } from './model/loadedModel';
import type { Activations } from './model/rowScales';
import type { BatchModel } from './pipeline/runBatch';
import { cancelled } from './process/waiters';
import { selfCheck } from './product/selfCheck';

/** Mismatches told in words. */
const mostDetails = 20;

const inWords: Readonly<Record<Activations, string>> = {
  float: 'floats',
  'row-scaled': 'quantised, each token by itself',
  'batch-scaled': 'quantised, all texts of a pass together',
};

/** Padded tokens of a pass of the self-check, whose texts are short. */
const selfCheckTokens = 1024;

/**
 * Replays a golden file in parity mode, from strings to results. Without one (none given, none in the folder) it loads the
 * model, says what it is, and classifies a few texts: no cases are counted then.
 * @param folder Model folder.
 * @param goldenFile Its golden.json where null.
 * @param threads Threads of a session; 0 lets ONNX Runtime choose.
 * @param isCancelled Asked between two cases.
 * @throws AppError golden-invalid, model-*, native-load-failed, out-of-memory, inference-failed, cancelled.
 */
export async function verifyModel(
  folder: string,
  goldenFile: string | null,
  threads = 0,
  isCancelled: () => boolean = () => false,
): Promise<VerifyReport> {
  const own = path.join(folder, 'golden.json');
  const file = goldenFile ?? (fs.existsSync(own) ? own : null);
  if (file === null) return lookOver(folder, threads);
  const golden = await readGolden(file);
  const model = await loadModel(folder, { threads });
  try {
    return await replayGolden(model, golden, isCancelled);
  } finally {
    await model.session.release();
  }
}

/** Replays every case; cases that upstream refuses must be refused here too. @throws AppError cancelled. */
export async function replayGolden(
  model: BatchModel,
  golden: Golden,
  isCancelled: () => boolean = () => false,
): Promise<VerifyReport> {
  const report = { cases: 0, batches: 0, idMismatches: 0, resultMismatches: 0, maxLogitDiff: 0, maxProbDiff: 0 };
  const details: string[] = [];
  for (const one of golden.cases) {
    // A pass blocks this thread: messages, such as a cancel, come in between.
    await setImmediate();
    if (isCancelled()) throw cancelled();
    const replay = await replayCase(model, one);
    const found = compareCase(one, replay);
    report.cases++;
    report.batches += replay.batches.length;
    report.idMismatches += found.idMismatches;
    report.resultMismatches += found.resultMismatches;
    report.maxLogitDiff = Math.max(report.maxLogitDiff, found.maxLogitDiff);
    report.maxProbDiff = Math.max(report.maxProbDiff, found.maxProbDiff);
    details.push(...found.details.map((detail) => `${golden.model}, ${one.name}: ${detail}`));
  }
  return { ...report, details: details.slice(0, mostDetails) };
}

/** What the model is, and whether its scores are numbers that do not depend on neighbours; else it counts as a mismatch. */
async function lookOver(folder: string, threads: number): Promise<VerifyReport> {
  const engine = await Engine.load({ folder, threads, maxBatchTokens: selfCheckTokens }, () => undefined);
  try {
    const { name, architecture, graph, maxTokens, maxLabels, capabilities } = engine.description;
    const { finite, independent, right, total } = await selfCheck(engine);
    const numbers = { cases: 0, batches: 0, idMismatches: 0, maxLogitDiff: 0, maxProbDiff: 0 };
    const details = [
      `${name} has no golden file, so its numbers were not compared with upstream's.`,
      `architecture: ${architecture}; graph: ${graph}; numbers between the weights: ${inWords[engine.activations]}`,
      `tokens per pass: ${maxTokens}; labels per pass: ${maxLabels ?? 'any number'}`,
      `few-shot examples: ${capabilities.examples}`,
      ...Object.values(capabilities.reasons ?? {}),
      `self-check: ${right} of ${total} plain texts have their label first; scores are ` +
        `${finite ? 'numbers from 0 to 1' : 'NOT numbers from 0 to 1'}, and ` +
        `${independent ? 'the same' : 'NOT the same'} alone and beside other texts`,
    ];
    return { ...numbers, resultMismatches: finite && independent ? 0 : 1, details };
  } finally {
    await engine.release();
  }
}
