// What `glitag train` learns from: files of rows, or decided texts.
import { rulesOf } from '../../core/evaluation/evaluatedSet';
import { AppError } from '../../shared/errors';
import { modeOf } from '../../shared/evaluateRows';
import { labelTextsOf } from '../../shared/task';
import { documentRow } from '../../training/run/documentRow';
import type { DocumentRow } from '../../training/run/splitRows';
import type { TrainingRequest } from '../../training/run/trainingRequest';
import { decidedTrainingRows } from '../decide/decidedTrainingRows';
import { readDecisions } from '../decide/decisionsHome';
import { checkCandidates, readRows } from '../evaluate/readRows';
import { readLabelSet } from '../labelsFile';
import type { TrainOptions } from './trainCommand';

type TrainData = Pick<TrainingRequest, 'rows' | 'labelTexts' | 'rules'>;

/** Throws AppError: data-invalid, input-invalid, label-set-invalid. */
export async function readTrainData(files: readonly string[], options: TrainOptions): Promise<TrainData> {
  const { decisions } = options;
  if ((decisions === undefined) === (files.length === 0))
    throw new AppError('input-invalid', 'Name files with texts and labels, or --decisions FILE.');
  if (decisions !== undefined) return decidedData(decisions, options);
  if (options.set !== undefined) throw new AppError('input-invalid', '--set goes with --decisions.');
  return dataOf(files, options);
}

function dataOf(files: readonly string[], options: TrainOptions): TrainData {
  const labels = options.labels === undefined ? [] : readLabelSet(options.labels, undefined).labels;
  const read = files.flatMap((file) => {
    const data = readRows(file);
    checkCandidates(file, data, labels);
    return data.rows;
  });
  const labelTexts = labelTextsOf(labels);
  const rows = read.map((row, at): DocumentRow => ({
    ...row,
    allLabels: row.allLabels ?? [...labelTexts.keys()],
    position: at + 1,
  }));
  const rules = { mode: modeOf(rows), threshold: options.threshold ?? null, exclusive: [], labels: [] };
  return { rows, labelTexts, rules };
}

async function decidedData(file: string, options: TrainOptions): Promise<TrainData> {
  const set = readLabelSet(options.labels, options.threshold);
  const name = options.set ?? set.name;
  const rows: DocumentRow[] = [];
  for await (const one of decidedTrainingRows(await readDecisions(file, name), { name, labels: set }))
    rows.push(documentRow(one, rows.length + 1, set));
  if (rows.length === 0)
    throw new AppError(
      'data-invalid',
      `${file} holds no decisions under “${name}” from which a model could learn. Name the label set with --set or --labels.`,
    );
  return { rows, labelTexts: labelTextsOf(set.labels), rules: rulesOf(set) };
}
