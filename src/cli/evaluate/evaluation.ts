// Turns scored rows into the figures that `glitag evaluate` prints.
import { bestThreshold } from '../../core/bestThreshold';
import type { ClassificationMode } from '../../core/labelSet';
import { measure } from '../../core/metrics';
import type { Metrics } from '../../core/metrics';

/** One row with the scores of its candidate labels. */
export interface ScoredRow {
  readonly labels: readonly string[];
  readonly trueLabels: readonly string[];
  /** Probabilities, [labels]. */
  readonly scores: Float32Array;
}

export interface Evaluation {
  readonly metrics: Metrics;
  /** Threshold with the best micro F1 and that F1; null where no threshold is better than another. */
  readonly best: { readonly threshold: number; readonly microF1: number } | null;
}

/**
 * Single-label: the best label of each row (first of equals), as upstream's test script. Multi-label: every label with a score of
 * `threshold` or more. The threshold sweep runs over all (row, label) pairs in both modes.
 */
export function evaluate(rows: readonly ScoredRow[], mode: ClassificationMode, threshold: number): Evaluation {
  const predicted = rows.map((row) => (mode === 'single-label' ? [best(row)] : above(row, threshold)));
  const metrics = measure(
    rows.map(({ trueLabels }) => trueLabels),
    predicted,
  );
  return { metrics, best: sweep(rows) };
}

function best({ labels, scores }: ScoredRow): string {
  let winner = 0;
  scores.forEach((score, index) => {
    if (score > (scores[winner] ?? 0)) winner = index;
  });
  return labels[winner] ?? '';
}

function above({ labels, scores }: ScoredRow, threshold: number): string[] {
  return labels.filter((_, index) => (scores[index] ?? 0) >= threshold);
}

function sweep(rows: readonly ScoredRow[]): Evaluation['best'] {
  const size = rows.reduce((total, { labels }) => total + labels.length, 0);
  const scores = new Float32Array(size);
  const relevant = new Uint8Array(size);
  let missed = 0;
  let at = 0;
  for (const row of rows) {
    const truth = new Set(row.trueLabels);
    scores.set(row.scores, at);
    row.labels.forEach((label, index) => {
      if (truth.delete(label)) relevant[at + index] = 1;
    });
    missed += truth.size;
    at += row.labels.length;
  }
  return bestThreshold(scores, relevant, missed);
}
