// The mistakes of which most can be learnt: wrong labels with high scores, true labels with low ones.
import type { Predictions } from './figures';
import type { ScoreMatrix } from './scoreMatrix';

export interface Mistake {
  /** Number of the row. */
  readonly row: number;
  /** Number of the label. */
  readonly label: number;
  /** Null where the row did not ask for the label. */
  readonly score: number | null;
}

export interface Mistakes {
  /** Labels given that are not true, highest score first. */
  readonly wrong: readonly Mistake[];
  /** True labels that were not given, lowest score first. */
  readonly missed: readonly Mistake[];
  /** How many there are of each kind, shown or not. */
  readonly counts: { readonly wrong: number; readonly missed: number };
}

export const shownMistakes = 20;

/** At most `limit` of each kind. `only`: number of the label looked at; null for all. */
export function worstMistakes(
  { labels, rows, scores }: ScoreMatrix,
  predictions: Predictions,
  only: number | null = null,
  limit = shownMistakes,
): Mistakes {
  const wrong: Mistake[] = [];
  const missed: Mistake[] = [];
  const mistake = (row: number, label: number): Mistake => {
    const score = scores[row * labels.length + label] ?? NaN;
    return { row, label, score: Number.isFinite(score) ? score : null };
  };
  rows.forEach(({ truth }, row) => {
    const given = predictions[row] ?? [];
    const isWanted = (label: number): boolean => only === null || label === only;
    for (const label of given) if (isWanted(label) && !truth.includes(label)) wrong.push(mistake(row, label));
    for (const label of truth) if (isWanted(label) && !given.includes(label)) missed.push(mistake(row, label));
  });
  const scoreOf = ({ score }: Mistake): number => score ?? -1;
  wrong.sort((a, b) => scoreOf(b) - scoreOf(a));
  missed.sort((a, b) => scoreOf(a) - scoreOf(b));
  const counts = { wrong: wrong.length, missed: missed.length };
  return { wrong: wrong.slice(0, limit), missed: missed.slice(0, limit), counts };
}
