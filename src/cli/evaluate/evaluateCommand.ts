// `glitag evaluate`: how well a model does on data in upstream's training format, or on decided files.
import path from 'node:path';
import { rulesOf } from '../../core/evaluation/evaluatedSet';
import type { ClassificationMode, Label, LabelSet } from '../../core/labelSet';
import type { TrainingData } from '../../core/trainingData';
import type { CancelSignal, Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { evaluateRows, modeOf } from '../../shared/evaluateRows';
import type { EvaluatedRows, EvaluationQuestion } from '../../shared/evaluateRows';
import { labelTextsOf } from '../../shared/task';
import { defaultChunkTokens } from '../commonOptions';
import { readLabelSet, readWrittenSet, withThreshold } from '../labelsFile';
import { readDecided } from '../decide/decidedDocuments';
import { askedModel, namedModel } from '../namedModel';
import type { ModelOptions } from '../namedModel';
import { openClassifier, withClassifier } from '../openClassifier';
import type { ClassifierSettings } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { learn } from '../tag/learn';
import { readDecidedTexts, scoreDecidedTexts } from './decidedRows';
import { learningOf, printEvaluation } from './printEvaluation';
import type { EvaluationHead } from './printEvaluation';
import { checkCandidates, readRows } from './readRows';
import { checkReportPlace } from './reportFile';

export interface EvaluateOptions extends ModelOptions {
  readonly labels?: string;
  readonly threshold?: number;
  readonly mode?: ClassificationMode;
  readonly threads?: number;
  readonly json?: boolean;
  /** File for the report page. */
  readonly html?: string;
  /** JSON file with a learning curve for the report. */
  readonly learningCurve?: string;
  /** File of decisions to evaluate on, instead of data. */
  readonly decisions?: string;
  /** Name of the label set whose decisions count. */
  readonly set?: string;
  readonly proposeThresholds?: boolean;
  /** Scores of decided texts are those by what the decisions on all others teach. */
  readonly learn?: boolean;
}

/** `paths`: the data; with `--decisions` the files and folders that are wanted. Throws AppError. */
export async function evaluateCommand(paths: readonly string[], options: EvaluateOptions): Promise<number> {
  const [file, ...others] = paths;
  if (options.html !== undefined) checkReportPlace(options.html);
  if (options.decisions !== undefined) return evaluateDecisions(options.decisions, paths, options);
  if (file === undefined)
    throw new AppError('input-invalid', 'Name a file with texts and labels, or --decisions FILE.');
  if (others.length > 0) throw new AppError('input-invalid', 'Name one file with texts and labels.');
  if (options.set !== undefined) throw new AppError('input-invalid', '--set goes with --decisions.');
  if (options.learn) throw new AppError('input-invalid', '--learn goes with --decisions.');
  return evaluateData(file, options);
}

async function evaluateDecisions(file: string, paths: readonly string[], options: EvaluateOptions): Promise<number> {
  const read = readLabelSet(options.labels, options.threshold);
  const set = options.mode === undefined ? read : { ...read, mode: options.mode };
  const learning = learningOf(options);
  const name = options.set ?? set.name;
  const texts = await readDecidedTexts(file, name, paths);
  const decisions = options.learn ? await readDecided(file, name) : null;
  const { mode, threshold } = set;
  const measurer = openClassifier({ threads: options.threads });
  try {
    return await withClassifier(modelFor(set, options), async (plain, signal) => {
      const parts = { classifier: plain, measurer, chunkTokens: defaultChunkTokens, signal };
      const learned = decisions ? await learn(set, decisions, parts) : { set, classifier: plain };
      const model = await learned.classifier.describe(signal);
      return printEvaluation(
        { model: model.name, modelHash: model.hash, mode, threshold },
        await scoreDecidedTexts(texts, set, learned, signal),
        rulesOf(set),
        options,
        {
          title: path.basename(file),
          labelSetName: set.name,
          notes: decisions ? [learnedNote, decidedNote] : [decidedNote],
          learning,
        },
      );
    });
  } finally {
    await measurer.dispose();
  }
}

const learnedNote = 'Scores are those that each document has by the decisions on all other documents.';

function modelFor(set: LabelSet, options: EvaluateOptions): ClassifierSettings {
  const model = namedModel(set, options);
  return { ...model, threads: options.threads ?? model.threads };
}

const decidedNote =
  'Only labels that somebody decided on count: others of the same text are unknown, not wrong. Labels that are missing and that nobody added are not seen, so recall may be lower than it says.';

async function evaluateData(file: string, options: EvaluateOptions): Promise<number> {
  const data = readRows(file);
  const learning = learningOf(options);
  const written = options.labels === undefined ? null : readWrittenSet(options.labels);
  const set = written && withThreshold(written.set, options.threshold);
  const labels = set?.labels ?? [];
  checkCandidates(file, data, labels);
  const mode = options.mode ?? (written?.says.mode ? written.set.mode : modeOf(data.rows));
  const threshold = options.threshold ?? (written?.says.threshold ? written.set.threshold : null);
  const question: EvaluationQuestion = {
    rules: { mode, threshold, exclusive: set?.exclusive ?? [], labels: askedOf(data, labels) },
    labelTexts: labelTextsOf(labels),
  };
  return withClassifier(
    set ? modelFor(set, options) : { ...askedModel(options), threads: options.threads },
    async (classifier, signal) => {
      const { model, rules, rows } = await evaluate(classifier, data, path.basename(file), question, signal);
      const head: EvaluationHead = { model: model.name, modelHash: model.hash, mode, threshold: rules.threshold };
      const named = { title: path.basename(file), labelSetName: null, notes: [], learning };
      return printEvaluation(head, rows, rules, options, named);
    },
  );
}

/** The labels that rows are asked about: all, unless each row brings its own. */
function askedOf({ rows }: TrainingData, labels: readonly Label[]): readonly Label[] {
  if (rows.some(({ allLabels }) => allLabels === null)) return labels;
  const asked = new Set(rows.flatMap(({ allLabels }) => allLabels ?? []));
  return labels.filter(({ name }) => asked.has(name));
}

async function evaluate(
  classifier: Classifier,
  data: TrainingData,
  file: string,
  question: EvaluationQuestion,
  signal: CancelSignal,
): Promise<EvaluatedRows> {
  const progress = new ProgressLine('rows', data.rows.length);
  const onProgress = (done: number) => {
    progress.update(done);
  };
  try {
    return await evaluateRows(classifier, data, question, { signal, onProgress, file });
  } finally {
    progress.end();
  }
}
