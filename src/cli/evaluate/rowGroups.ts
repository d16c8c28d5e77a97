// Puts rows that ask the same question together, so that label vectors are computed once for all of them.
import type { TrainingRow } from '../../core/trainingData';
import type { ClassificationMode } from '../../core/labelSet';
import type { ClassificationTask } from '../../shared/classifier';
import { taskKey } from '../../shared/task';

export interface RowGroup {
  readonly task: ClassificationTask;
  readonly rows: readonly TrainingRow[];
}

/** `labels` are the candidates of rows that bring none of their own. Groups come in the order of their first row. */
export function groupRows(
  rows: readonly TrainingRow[],
  labels: readonly string[],
  mode: ClassificationMode,
): RowGroup[] {
  const groups = new Map<string, { task: ClassificationTask; rows: TrainingRow[] }>();
  for (const row of rows) {
    const task: ClassificationTask = {
      labels: row.allLabels ?? labels,
      mode,
      ...(row.prompt === undefined ? {} : { prompt: row.prompt }),
      examples: row.examples,
    };
    const key = taskKey(task);
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else groups.set(key, { task, rows: [row] });
  }
  return [...groups.values()];
}
