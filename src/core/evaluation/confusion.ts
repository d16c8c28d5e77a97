// Which label was given where another was meant.
import type { Predictions } from './figures';
import type { ScoreMatrix } from './scoreMatrix';

export interface ConfusionCell {
  /** Number of the true label; null where a label was given and none was missed. */
  readonly meant: number | null;
  /** Number of the label given; null where a true label was missed and no other given in its place. */
  readonly given: number | null;
  readonly rows: number;
}

/**
 * Cells with at least one row, most rows first. A row counts once in (a, a) for each true label that it was given, and once in
 * (a, b) for each pair of a true label a that is missing and a wrong label b that is there; where only one of the two kinds is
 * there, its partner is null. With one label a row this is scikit-learn's confusion matrix. With several, a row with two missed
 * and one wrong label counts in two cells: cells say how often two labels met so, and do not add up to the support.
 */
export function confusion({ rows }: ScoreMatrix, predictions: Predictions): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  const count = (meant: number | null, given: number | null): void => {
    const key = `${meant ?? ''} ${given ?? ''}`;
    cells.set(key, { meant, given, rows: (cells.get(key)?.rows ?? 0) + 1 });
  };
  rows.forEach(({ truth }, at) => {
    const given = predictions[at] ?? [];
    const missed = truth.filter((label) => !given.includes(label));
    const wrong = given.filter((label) => !truth.includes(label));
    for (const label of truth) if (given.includes(label)) count(label, label);
    for (const meant of missed) for (const label of wrong.length > 0 ? wrong : [null]) count(meant, label);
    if (missed.length === 0) for (const label of wrong) count(null, label);
  });
  const last = Number.MAX_SAFE_INTEGER;
  return [...cells.values()].sort(
    (a, b) => b.rows - a.rows || (a.meant ?? last) - (b.meant ?? last) || (a.given ?? last) - (b.given ?? last),
  );
}
