// Whether a loaded model makes sense at all: numbers, the same ones twice, and plain texts under plain labels.
import type { ClassificationTask } from '../../shared/classifier';
import type { Engine } from '../engine';

export interface SelfCheck {
  /** All scores are numbers from 0 to 1. */
  readonly finite: boolean;
  /** A text has the same scores alone and next to others (to 1e-5). */
  readonly independent: boolean;
  /** Texts whose right label came first, of `total`. Untrained or very narrow models may miss some. */
  readonly right: number;
  readonly total: number;
}

/** Texts of three topics that any general model tells apart; each belongs to the label of its index. */
const texts = [
  'The striker scored twice and the team won the football match in the last minute.',
  'The recipe asks for flour, butter and two eggs; bake the cake for forty minutes.',
  'The central bank raised interest rates, and shares fell on the stock market.',
];
const labels = ['sports', 'cooking', 'finance'];

/** @throws AppError where the model cannot be run at all. */
export async function selfCheck(engine: Engine): Promise<SelfCheck> {
  const together = await scoresOf(engine, texts);
  const [alone] = await scoresOf(engine, texts.slice(0, 1));
  const scores = together.flat();
  return {
    finite: scores.length === texts.length * labels.length && scores.every((score) => score >= 0 && score <= 1),
    independent: alone?.every((score, index) => Math.abs(score - (together[0]?.[index] ?? NaN)) < 1e-5) ?? false,
    right: together.filter((row, text) => row.indexOf(Math.max(...row)) === text).length,
    total: texts.length,
  };
}

async function scoresOf(engine: Engine, wanted: readonly string[]): Promise<number[][]> {
  const task: ClassificationTask = { labels, mode: 'multi-label', examples: [] };
  const documents = wanted.map((text, index) => ({ id: String(index), text }));
  const outcomes = await engine.classify(documents, task, {
    chunkTokens: null,
    vectors: false,
    isCancelled: () => false,
    onProgress: () => undefined,
  });
  return outcomes.map((outcome) => (outcome.ok ? [...outcome.scores] : []));
}
