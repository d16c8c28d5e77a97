// What a report is made from: rows whose labels are known, whoever knows them, and the way back to their places.
import type { EvaluationRow } from '../../core/evaluation/evaluationRow';

export interface EvaluationSource {
  /** What it is called: the name of a file. */
  readonly title: string;
  readonly rows: readonly EvaluationRow[];
  /** What a reader has to know, a sentence each. */
  readonly notes: readonly string[];
  /** Opens the place of a row by its id, at the passage of the label where that is known; nothing where there is no such row. */
  open(id: string, label: string, toSide: boolean): Promise<void>;
}
