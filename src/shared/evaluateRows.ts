// A model measured on rows whose labels are known: the scores, and the rules by which they become tags.
import type { EvaluationRow } from '../core/evaluation/evaluationRow';
import type { DecisionRules } from '../core/evaluation/predict';
import type { ClassificationMode } from '../core/labelSet';
import type { TrainingData, TrainingRow } from '../core/trainingData';
import type { Classifier, ModelDescription } from './classifier';
import { scoreRows } from './scoreRows';
import type { RowQuestion, ScoreRowsOptions } from './scoreRows';

/** Rules, but for a threshold of null: that is the model's own, or 0 in single-label mode, as in upstream's test script. */
export type EvaluationRules = Omit<DecisionRules, 'threshold'> & { readonly threshold: number | null };

export interface EvaluatedRows {
  readonly model: ModelDescription;
  readonly rules: DecisionRules;
  readonly rows: readonly EvaluationRow[];
}

export interface EvaluationQuestion {
  readonly rules: EvaluationRules;
  /** What the model reads for a label, by name; labels that are not here are read as they are called. */
  readonly labelTexts: ReadonlyMap<string, string>;
}

/** The mode of rows of which nothing else says it. */
export function modeOf(rows: readonly TrainingRow[]): ClassificationMode {
  return rows.every(({ trueLabels }) => trueLabels.length === 1) ? 'single-label' : 'multi-label';
}

/** Rows without labels of their own are asked about all that have a text. Throws what scoreRows throws. */
export async function evaluateRows(
  classifier: Pick<Classifier, 'describe' | 'classify'>,
  data: Pick<TrainingData, 'rows' | 'unit'>,
  { rules, labelTexts }: EvaluationQuestion,
  options: ScoreRowsOptions,
): Promise<EvaluatedRows> {
  const { mode } = rules;
  const question = (row: TrainingRow): RowQuestion => {
    const names = row.allLabels ?? [...labelTexts.keys()];
    const labels = names.map((name) => labelTexts.get(name) ?? name);
    const { prompt, examples } = row;
    return { names, task: { labels, mode, ...(prompt === undefined ? {} : { prompt }), examples } };
  };
  const model = await classifier.describe(options.signal);
  const threshold = rules.threshold ?? (mode === 'single-label' ? 0 : model.defaultThreshold);
  return { model, rules: { ...rules, threshold }, rows: await scoreRows(classifier, data, question, options) };
}
