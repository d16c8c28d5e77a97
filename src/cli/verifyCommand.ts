// `glitag verify MODEL_DIR`: replays a model's golden file in parity mode, or looks a model over that has none.
import path from 'node:path';
import { isWithinTolerances, tolerances } from '../inference/golden/compare';
import type { VerifyReport } from '../shared/childMessages';
import { exitCodes } from './exitCodes';
import { withChild } from './openClassifier';

export interface VerifyOptions {
  readonly golden?: string;
  readonly json?: boolean;
}

/** Exit code 1 outside the tolerances. */
export async function verifyCommand(folder: string, options: VerifyOptions): Promise<number> {
  const modelFolder = path.resolve(folder);
  const goldenFile = options.golden === undefined ? null : path.resolve(options.golden);
  const report = await withChild({ model: modelFolder }, (classifier, signal) =>
    classifier.verify(modelFolder, goldenFile, signal),
  );
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
  return isWithinTolerances(report) ? exitCodes.done : exitCodes.failed;
}

/** A line a figure, and the verdict. */
export function reportText(report: VerifyReport): string {
  const replayed = [
    `${report.cases} cases, ${report.batches} forward passes replayed`,
    `token id mismatches  ${report.idMismatches}`,
    `result mismatches    ${report.resultMismatches}`,
    `worst logit          ${report.maxLogitDiff.toExponential(1)} (at most ${tolerances.logit})`,
    `worst probability    ${report.maxProbDiff.toExponential(1)} (at most ${tolerances.probability})`,
  ];
  const verdict = isWithinTolerances(report) ? 'ok' : 'NOT within tolerances';
  return `${[...(report.cases > 0 ? replayed : []), ...report.details, verdict].join('\n')}\n`;
}
