// The rows of an evaluation as one matrix of scores: small enough to go into a page, and walked quickly.
import type { EvaluationRow } from './evaluationRow';

export type MatrixRow = Pick<EvaluationRow, 'id' | 'document' | 'place' | 'excerpt'> & {
  /** Numbers of the true labels. */
  readonly truth: readonly number[];
};

export interface ScoreMatrix {
  /** All labels that a row asks for or has, `known` first, then in the order in which they come. */
  readonly labels: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** Probabilities, [rows, labels]; NaN where a row did not ask for the label. */
  readonly scores: Float32Array;
}

/** Scored (text, label) pairs of one label, or of all. */
export interface ScoredPairs {
  /** [pairs] */
  readonly scores: Float32Array;
  /** [pairs], 1 where the label is true. */
  readonly relevant: Uint8Array;
  /** True labels without a score: they can never be found. */
  readonly missed: number;
}

/** `known`: labels of the set, which are there even if no row asks for them. */
export function scoreMatrix(rows: readonly EvaluationRow[], known: readonly string[] = []): ScoreMatrix {
  const numbers = new Map<string, number>();
  const numberOf = (label: string): number => {
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    return number;
  };
  known.forEach(numberOf);
  for (const row of rows) for (const label of [...row.labels, ...row.trueLabels]) numberOf(label);
  const labels = [...numbers.keys()];
  const scores = new Float32Array(rows.length * labels.length).fill(NaN);
  const matrixRows = rows.map((row, at) => {
    row.labels.forEach((label, index) => {
      scores[at * labels.length + numberOf(label)] = row.scores[index] ?? NaN;
    });
    const { id, document, place, excerpt } = row;
    return { id, document, place, excerpt, truth: [...new Set(row.trueLabels.map(numberOf))] };
  });
  return { labels, rows: matrixRows, scores };
}

/** `label`: its number; null for the pairs of all labels. */
export function pairsOf({ labels, rows, scores }: ScoreMatrix, label: number | null): ScoredPairs {
  const wanted = label === null ? labels.map((_, at) => at) : [label];
  const found: number[] = [];
  const relevant: number[] = [];
  let missed = 0;
  rows.forEach(({ truth }, row) => {
    for (const one of wanted) {
      const score = scores[row * labels.length + one] ?? NaN;
      const isTrue = truth.includes(one);
      if (Number.isFinite(score)) {
        found.push(score);
        relevant.push(isTrue ? 1 : 0);
      } else if (isTrue) missed++;
    }
  });
  return { scores: Float32Array.from(found), relevant: Uint8Array.from(relevant), missed };
}
