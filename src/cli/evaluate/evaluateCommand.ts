// `glitag evaluate DATA`: how well a model does on data in upstream's training format.
import fs from 'node:fs';
import type { ClassificationMode } from '../../core/labelSet';
import { parseTrainingData } from '../../core/trainingData';
import type { TrainingRow } from '../../core/trainingData';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { labelText } from '../../shared/task';
import { exitCodes } from '../exitCodes';
import { readLabelSet } from '../labelsFile';
import { withClassifier } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { evaluate } from './evaluation';
import type { Evaluation, ScoredRow } from './evaluation';
import { groupRows } from './rowGroups';

export interface EvaluateOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly threshold?: number;
  readonly mode?: ClassificationMode;
  readonly threads?: number;
  readonly json?: boolean;
}

const shownProblems = 5;

export async function evaluateCommand(file: string, options: EvaluateOptions): Promise<number> {
  const rows = readRows(file);
  const labels = options.labels === undefined ? [] : readLabelSet(options.labels, undefined).labels.map(labelText);
  const bare = rows.find((row) => row.allLabels === null);
  if (bare && labels.length === 0) {
    throw new AppError(
      'data-invalid',
      `${file}: row ${bare.position} has no “all_labels”. Add it, or name the labels with --labels FILE.`,
    );
  }
  const mode =
    options.mode ?? (rows.every(({ trueLabels }) => trueLabels.length === 1) ? 'single-label' : 'multi-label');

  return withClassifier(options, async (classifier, signal) => {
    const model = await classifier.describe(signal);
    const threshold = options.threshold ?? model.defaultThreshold;
    const scored = await score(classifier, rows, labels, mode, signal);
    const evaluation = evaluate(scored, mode, threshold);
    const head = { model: model.name, modelHash: model.hash, mode, threshold };
    process.stdout.write(options.json ? `${JSON.stringify(asJson(head, evaluation))}\n` : asText(head, evaluation));
    return exitCodes.done;
  });
}

function readRows(file: string): readonly TrainingRow[] {
  let content: string;
  try {
    content = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('data-invalid', `${file} cannot be read. Check the path.`, { cause: error });
  }
  const { rows, problems } = parseTrainingData(content);
  if (problems.length > 0) {
    const more = problems.length > shownProblems ? [`and ${problems.length - shownProblems} more`] : [];
    const lines = [...problems.slice(0, shownProblems).map(({ message }) => message), ...more].map(
      (line) => `  ${line}`,
    );
    throw new AppError('data-invalid', [`${file} is not in GLiClass training format:`, ...lines].join('\n'));
  }
  if (rows.length === 0) throw new AppError('data-invalid', `${file} holds no rows.`);
  return rows;
}

/** Scores in the order of `rows`. A row that the model cannot read is an error: figures over the rest would mislead. */
async function score(
  classifier: Classifier,
  rows: readonly TrainingRow[],
  labels: readonly string[],
  mode: ClassificationMode,
  signal: AbortSignal,
): Promise<ScoredRow[]> {
  const scored = new Map<TrainingRow, ScoredRow>();
  const progress = new ProgressLine('rows', rows.length);
  try {
    let finished = 0;
    for (const group of groupRows(rows, labels, mode)) {
      const documents = group.rows.map(({ position, text }) => ({ id: String(position), text }));
      const onProgress = (done: number) => {
        progress.update(finished + done);
      };
      const outcomes = await classifier.classify(documents, group.task, { signal, onProgress });
      group.rows.forEach((row, index) => {
        const outcome = outcomes[index];
        if (!outcome?.ok)
          throw new AppError(
            outcome?.code ?? 'inference-failed',
            `Row ${row.position}: ${outcome?.message ?? 'no answer'}`,
          );
        scored.set(row, { labels: group.task.labels, trueLabels: row.trueLabels, scores: outcome.scores });
      });
      finished += group.rows.length;
    }
  } finally {
    progress.end();
  }
  return rows.flatMap((row) => scored.get(row) ?? []);
}

interface Head {
  readonly model: string;
  readonly modelHash: string;
  readonly mode: ClassificationMode;
  readonly threshold: number;
}

function asJson(head: Head, { metrics, best }: Evaluation): object {
  const { rows, accuracy, micro, macro, perLabel } = metrics;
  const overall = { macroF1: macro.f1, microF1: micro.f1, micro, macro };
  return {
    ...head,
    rows,
    accuracy,
    ...overall,
    perLabel,
    bestThreshold: best?.threshold ?? null,
    bestMicroF1: best?.microF1 ?? null,
  };
}

function asText(head: Head, { metrics, best }: Evaluation): string {
  const figure = (value: number) => value.toFixed(3);
  const width = Math.max(5, ...metrics.perLabel.map(({ label }) => label.length));
  const lines = [
    `model      ${head.model}`,
    `rows       ${metrics.rows}, ${head.mode}`,
    `accuracy   ${figure(metrics.accuracy)}`,
    `macro F1   ${figure(metrics.macro.f1)}   precision ${figure(metrics.macro.precision)}   recall ${figure(metrics.macro.recall)}`,
    `micro F1   ${figure(metrics.micro.f1)}   precision ${figure(metrics.micro.precision)}   recall ${figure(metrics.micro.recall)}`,
    ...(best ? [`best threshold ${figure(best.threshold)} gives micro F1 ${figure(best.microF1)}`] : []),
    '',
    `${'label'.padEnd(width)}     F1  prec.  recall  rows`,
    ...metrics.perLabel.map(
      ({ label, f1, precision, recall, support }) =>
        `${label.padEnd(width)}  ${figure(f1)}  ${figure(precision)}   ${figure(recall)}  ${String(support).padStart(4)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
