// A label set as an evaluation sees it.
import type { EvaluationRow } from './evaluationRow';
import type { DecisionRules } from './predict';
import { scoreMatrix } from './scoreMatrix';
import type { ScoreMatrix } from './scoreMatrix';

/** Descriptions and examples decide nothing here, and stay out of the page. */
export function rulesOf({ mode, threshold, exclusive, labels }: DecisionRules): DecisionRules {
  return {
    mode,
    threshold,
    exclusive,
    labels: labels.map(({ name, path, threshold: own }) => ({
      name,
      path,
      ...(own === undefined ? {} : { threshold: own }),
    })),
  };
}

export function matrixOf(rows: readonly EvaluationRow[], { labels }: Pick<DecisionRules, 'labels'>): ScoreMatrix {
  return scoreMatrix(
    rows,
    labels.map(({ name }) => name),
  );
}
