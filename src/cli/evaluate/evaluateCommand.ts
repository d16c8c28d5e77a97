// `glitag evaluate DATA`: how well a model does on data in upstream's training format.
import path from 'node:path';
import { proposeThresholds } from '../../core/evaluation/calibrate/proposal';
import { evaluationReport } from '../../core/evaluation/evaluationReport';
import type { EvaluationRow } from '../../core/evaluation/evaluationRow';
import type { DecisionRules } from '../../core/evaluation/predict';
import { scoreMatrix } from '../../core/evaluation/scoreMatrix';
import type { ClassificationMode, Label } from '../../core/labelSet';
import type { TrainingData, TrainingRow } from '../../core/trainingData';
import type { CancelSignal, Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { scoreRows } from '../../shared/scoreRows';
import type { RowQuestion } from '../../shared/scoreRows';
import { labelText } from '../../shared/task';
import { exitCodes } from '../exitCodes';
import { readLabelSet } from '../labelsFile';
import { withClassifier } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { asText } from './asText';
import { readLearningCurve, readRows } from './readRows';
import { writeReport } from './reportFile';

export interface EvaluateOptions {
  readonly model?: string;
  readonly labels?: string;
  readonly threshold?: number;
  readonly mode?: ClassificationMode;
  readonly threads?: number;
  readonly json?: boolean;
  /** File for the report page. */
  readonly html?: string;
  /** JSON file with a learning curve for the report. */
  readonly learningCurve?: string;
}

export interface EvaluationHead {
  readonly model: string;
  readonly modelHash: string;
  readonly mode: ClassificationMode;
  /** 0 in single-label mode, unless asked otherwise: each row is given its best label, as in upstream's test script. */
  readonly threshold: number;
}

export async function evaluateCommand(file: string, options: EvaluateOptions): Promise<number> {
  const data = readRows(file);
  const learning = options.learningCurve === undefined ? [] : readLearningCurve(options.learningCurve);
  const labels = options.labels === undefined ? [] : readLabelSet(options.labels, undefined).labels;
  const bare = data.rows.find((row) => row.allLabels === null);
  if (bare && labels.length === 0) {
    throw new AppError(
      'data-invalid',
      `${file}: ${data.unit} ${bare.position} has no “all_labels”. Add it, or name the labels with --labels FILE.`,
    );
  }
  const mode =
    options.mode ?? (data.rows.every(({ trueLabels }) => trueLabels.length === 1) ? 'single-label' : 'multi-label');

  return withClassifier(options, async (classifier, signal) => {
    const model = await classifier.describe(signal);
    const threshold = options.threshold ?? (mode === 'single-label' ? 0 : model.defaultThreshold);
    const head: EvaluationHead = { model: model.name, modelHash: model.hash, mode, threshold };
    const rows = await score(classifier, data, path.basename(file), (row) => questionOf(row, labels, mode), signal);
    const rules: DecisionRules = { mode, threshold, exclusive: [], labels: [] };
    const matrix = scoreMatrix(rows);
    const report = evaluationReport(matrix, rules);
    // Only the two say it, and it takes a moment.
    const proposal = options.html === undefined && !options.json ? null : proposeThresholds(matrix, rules);
    if (options.html !== undefined) {
      const { labels: names, rows: places, scores } = matrix;
      writeReport(options.html, {
        title: path.basename(file),
        model: model.name,
        labelSetName: null,
        rules,
        labels: names,
        rows: places,
        scores: Buffer.from(scores.buffer, scores.byteOffset, scores.byteLength).toString('base64'),
        learning,
        proposal,
        notes: [],
      });
    }
    const all = { ...head, ...report, learningCurve: learning, proposal };
    process.stdout.write(options.json ? `${JSON.stringify(all)}\n` : asText(head, report));
    return exitCodes.done;
  });
}

/** `labels` are the candidates of rows that bring none of their own. */
function questionOf(row: TrainingRow, labels: readonly Label[], mode: ClassificationMode): RowQuestion {
  return {
    names: row.allLabels ?? labels.map(({ name }) => name),
    task: {
      labels: row.allLabels ?? labels.map(labelText),
      mode,
      ...(row.prompt === undefined ? {} : { prompt: row.prompt }),
      examples: row.examples,
    },
  };
}

async function score(
  classifier: Classifier,
  data: TrainingData,
  file: string,
  question: (row: TrainingRow) => RowQuestion,
  signal: CancelSignal,
): Promise<EvaluationRow[]> {
  const progress = new ProgressLine('rows', data.rows.length);
  const onProgress = (done: number) => {
    progress.update(done);
  };
  try {
    return await scoreRows(classifier, data, question, { signal, onProgress, file });
  } finally {
    progress.end();
  }
}
