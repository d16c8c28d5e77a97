// `verify`: how far a model here is from upstream's recorded results, or, without a recording, whether it runs at all.
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { VerifyReport } from '../shared/childMessages';
import { AppError } from '../shared/errors';
import { compareCase, tolerances } from './golden/compare';
import { readGolden } from './golden/goldenFile';
import type { Golden } from './golden/goldenFile';
import { replayCase } from './golden/replayCase';
import { loadModel } from './model/loadedModel';
import type { LoadedModel } from './model/loadedModel';
import { ZeroShotClassificationPipeline } from './pipeline/zeroShotPipeline';
import type { BatchModel } from './pipeline/runBatch';

/** Mismatches told in words. */
const mostDetails = 20;

/**
 * Replays a golden file in parity mode, from strings to results. Without one (none given, none in the folder) it loads the
 * model, says what it is, and classifies one text: no cases are counted then.
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
  const golden = file === null ? null : await readGolden(file);
  const model = await loadModel(folder, { threads });
  try {
    return golden ? await replayGolden(model, golden, isCancelled) : await selfCheck(model);
  } finally {
    await model.session.release();
  }
}

/** Whether ids and results are upstream's and all numbers are within the tolerances. */
export function isWithinTolerances(report: VerifyReport): boolean {
  return (
    report.idMismatches === 0 &&
    report.resultMismatches === 0 &&
    report.maxLogitDiff <= tolerances.logit &&
    report.maxProbDiff <= tolerances.probability
  );
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
    if (isCancelled()) throw new AppError('cancelled', 'Cancelled.');
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

/** One text with two labels must give two different numbers between 0 and 1. */
async function selfCheck(model: LoadedModel): Promise<VerifyReport> {
  const { config, name, quantized } = model.folder;
  const details = [
    `${name} has no golden file, so its numbers were not compared with upstream's.`,
    `architecture: ${config.architectureType}; graph: ${model.graphKind}${quantized ? ', quantised' : ''}`,
    `tokens per pass: ${config.maxLength}; labels per pass: ${model.slots ?? 'any number'}`,
    `few-shot examples: ${model.knowsExamples ? 'native' : 'not known to the tokenizer'}`,
  ];
  const numbers = { cases: 0, batches: 0, idMismatches: 0, resultMismatches: 0, maxLogitDiff: 0, maxProbDiff: 0 };
  if (model.graphKind === 'split-bi-encoder') return { ...numbers, details: [...details, 'self-check: loaded'] };
  const text = 'The match ended with a late goal in the second half.';
  const pipeline = new ZeroShotClassificationPipeline(model);
  const [scores = []] = await pipeline.classify(text, ['sports', 'cooking recipes'], { threshold: 0 });
  const shown = scores.map(({ label, score }) => `${label} ${score.toFixed(3)}`).join(', ');
  return { ...numbers, details: [...details, `self-check: ${shown}`] };
}
