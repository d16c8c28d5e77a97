// A training from rows to a model in its place: split, measured before, trained, exported, verified, measured after.
import fs from 'node:fs';
import path from 'node:path';
import { evaluationReport } from '../../core/evaluation/evaluationReport';
import { scoreMatrix } from '../../core/evaluation/scoreMatrix';
import { isWithinTolerances } from '../../inference/golden/compare';
import { AppError } from '../../shared/errors';
import { evaluateRows } from '../../shared/evaluateRows';
import { runModule } from '../python/runModule';
import { writeDataFile } from './dataFile';
import { planFor } from './plans';
import type { TrainingPlan } from './plans';
import { closeRun, finishRun, openRun } from './runFolder';
import type { RunPaths } from './runFolder';
import { splitRows } from './splitRows';
import type { DocumentRow } from './splitRows';
import { parseTrainEvent } from './trainEvents';
import type {
  MeasuredModel,
  TrainingClassifier,
  TrainingOutcome,
  TrainingRequest,
  TrainingTools,
} from './trainingRequest';

/**
 * Until the new model is at `request.out`, whole and checked, nothing is there. A run that was cancelled or killed goes on where it was
 * when the same is asked again. Throws AppError: cancelled, input-invalid, data-invalid, model-*, training-failed, and what a
 * classifier throws.
 */
export async function trainModel(request: TrainingRequest, tools: TrainingTools): Promise<TrainingOutcome> {
  const { base, out, rows, keptBackShare, seed } = request;
  tools.onProgress({ stage: 'preparing' });
  const plan = planFor(base, seed);
  const { trained, keptBack } = splitRows(rows, keptBackShare, seed);
  const paths = openRun(request);
  try {
    const baseModel = await runnable(base, plan, paths.baseModel, tools);
    const before = await measured(baseModel, 'measuring-before', keptBack, request, tools);
    if (!fs.existsSync(plan.trained(paths))) await train(plan, paths, trained, request, tools);
    const model = await runnable(plan.trained(paths), plan, paths.exported, tools);
    await verify(model, tools);
    const after = await measured(model, 'measuring-after', keptBack, request, tools);
    finishRun(paths, model, out);
    return { folder: path.resolve(out), trainedRows: trained.length, keptBackRows: keptBack.length, before, after };
  } finally {
    closeRun(paths);
  }
}

/** `folder` itself where GLiTag runs it, else `exported`, which is made where it is not there. */
async function runnable(folder: string, plan: TrainingPlan, exported: string, tools: TrainingTools): Promise<string> {
  if (plan.export === null) return folder;
  if (fs.existsSync(exported)) return exported;
  tools.onProgress({ stage: 'exporting' });
  fs.mkdirSync(path.dirname(exported), { recursive: true });
  await glitagTrain(plan.export(folder, exported), tools);
  return exported;
}

async function train(
  plan: TrainingPlan,
  paths: RunPaths,
  rows: readonly DocumentRow[],
  { labelTexts }: TrainingRequest,
  tools: TrainingTools,
): Promise<void> {
  writeDataFile(paths.trainRows, rows, labelTexts);
  // Python writes its own record first; a folder without one holds nothing to go on with.
  const goesOn = fs.existsSync(path.join(paths.training, 'training.json'));
  if (!goesOn) fs.rmSync(paths.training, { recursive: true, force: true });
  await glitagTrain([...plan.train(paths), ...(goesOn ? ['--resume'] : [])], tools, (line) => {
    tools.onProgress({ stage: 'training', event: parseTrainEvent(line) });
  });
}

/** Throws AppError training-failed where the model does not say what it was exported to say. */
async function verify(model: string, tools: TrainingTools): Promise<void> {
  tools.onProgress({ stage: 'verifying' });
  const report = await withClassifier(model, tools, (classifier) => classifier.verify(model, null, tools.signal));
  if (!isWithinTolerances(report))
    throw new AppError('training-failed', `The new model did not pass its check: ${report.details.join('; ')}`);
}

async function measured(
  folder: string,
  stage: 'measuring-before' | 'measuring-after',
  rows: readonly DocumentRow[],
  { rules, labelTexts, chunkTokens }: TrainingRequest,
  tools: TrainingTools,
): Promise<MeasuredModel> {
  const onProgress = (done: number) => {
    tools.onProgress({ stage, done, total: rows.length });
  };
  onProgress(0);
  const found = await withClassifier(folder, tools, (classifier) =>
    evaluateRows(
      classifier,
      { rows, unit: 'row' },
      { rules, labelTexts },
      { signal: tools.signal, onProgress, file: 'data', ...(chunkTokens === null ? {} : { chunkTokens }) },
    ),
  );
  const known = found.rules.labels.map(({ name }) => name);
  return { ...found, report: evaluationReport(scoreMatrix(found.rows, known), found.rules) };
}

async function withClassifier<T>(
  folder: string,
  { openClassifier }: TrainingTools,
  work: (classifier: TrainingClassifier) => Promise<T>,
): Promise<T> {
  const classifier = openClassifier(folder);
  try {
    return await work(classifier);
  } finally {
    await classifier.dispose();
  }
}

/** Throws AppError training-failed with the last thing that was said. */
async function glitagTrain(
  args: readonly string[],
  { python, signal, onLog }: TrainingTools,
  onLine: (line: string) => void = onLog,
): Promise<void> {
  const { exitCode, lastErrors } = await runModule(python, 'glitag_train', args, {
    signal,
    onLine,
    onErrorLine: onLog,
  });
  if (exitCode === 0) return;
  const said = lastErrors.filter((line) => line.trim() !== '').at(-1);
  throw new AppError(
    'training-failed',
    `The training ended with a mistake: ${said ?? `exit code ${exitCode ?? 'none'}`}`,
  );
}
