// Asks the model about rows of an evaluation: rows that ask the same question together, so that label vectors are made once.
import { excerptOf } from '../core/evaluation/evaluationRow';
import type { EvaluationRow } from '../core/evaluation/evaluationRow';
import type { TrainingData, TrainingRow } from '../core/trainingData';
import type { CancelSignal, ClassificationTask, Classifier } from './classifier';
import { AppError } from './errors';
import { taskKey } from './task';

/** What a row is asked. `names` are those by which its true labels are known, [labels] as in `task`. */
export interface RowQuestion {
  readonly names: readonly string[];
  readonly task: ClassificationTask;
}

export interface ScoreRowsOptions {
  readonly signal: CancelSignal;
  /** Called from time to time with the number of rows that are done. */
  readonly onProgress: (done: number) => void;
  /** What people call the file. */
  readonly file: string;
  /** As in ClassifyOptions. */
  readonly chunkTokens?: number;
}

/**
 * Scores in the order of the rows. A row that the model cannot read is an error (AppError with its code): figures over the rest
 * would mislead. Throws what Classifier.classify throws.
 */
export async function scoreRows(
  classifier: Pick<Classifier, 'classify'>,
  { rows, unit }: Pick<TrainingData, 'rows' | 'unit'>,
  questionOf: (row: TrainingRow) => RowQuestion,
  { signal, onProgress, file, ...reading }: ScoreRowsOptions,
): Promise<EvaluationRow[]> {
  const scored = new Map<TrainingRow, EvaluationRow>();
  const firstOf = new Map<string, number>();
  for (const { text, position } of rows) if (!firstOf.has(text)) firstOf.set(text, position);
  let finished = 0;
  for (const group of groupRows(rows, questionOf)) {
    const documents = group.rows.map(({ position, text }) => ({ id: String(position), text }));
    const outcomes = await classifier.classify(documents, group.question.task, {
      ...reading,
      signal,
      onProgress: (done) => {
        onProgress(finished + done);
      },
    });
    group.rows.forEach((row, index) => {
      const outcome = outcomes[index];
      const place = `${file}, ${unit} ${row.position}`;
      if (!outcome?.ok)
        throw new AppError(outcome?.code ?? 'inference-failed', `${place}: ${outcome?.message ?? 'no answer'}`);
      scored.set(row, {
        id: String(row.position),
        // A text that is there twice must not be learnt from and judged at the same time.
        document: String(firstOf.get(row.text) ?? row.position),
        place,
        excerpt: excerptOf(row.text),
        labels: group.question.names,
        trueLabels: row.trueLabels,
        scores: outcome.scores,
      });
    });
    finished += group.rows.length;
  }
  return rows.flatMap((row) => scored.get(row) ?? []);
}

/** Groups come in the order of their first row. */
function groupRows(rows: readonly TrainingRow[], questionOf: (row: TrainingRow) => RowQuestion) {
  const groups = new Map<string, { question: RowQuestion; rows: TrainingRow[] }>();
  for (const row of rows) {
    const question = questionOf(row);
    const key = taskKey(question.task);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { question, rows: [row] });
  }
  return [...groups.values()];
}
