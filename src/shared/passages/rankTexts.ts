// Texts in the order of their nearness to a question: the question is the only label, and its probability the score.
import type { ClassificationTask, Classifier, ClassifyOptions, DocumentInput } from '../classifier';
import { AppError } from '../errors';

export type TextRanker = Pick<Classifier, 'classify'>;
export type RankTextsOptions = Pick<ClassifyOptions, 'signal' | 'priority' | 'onProgress'>;

export interface RankedText {
  readonly id: string;
  /** 0 to 1: it orders texts of one question; a threshold for it means nothing. */
  readonly score: number;
}

/**
 * What a model is asked about a question. A prompt would be read with each text: it would only tell a model that reads text and labels in
 * one pass what the label already says, and a vector under a prompt is none of those that are kept.
 */
export function questionTask(question: string): ClassificationTask {
  return { labels: [question.trim()], mode: 'multi-label', examples: [] };
}

/**
 * Best first, equals in the order given. A text that the model refuses is left out. Throws AppError what `classify` throws; where it
 * refuses all of them, why it refused the first; `input-invalid` for an empty question.
 */
export async function rankTexts(
  classifier: TextRanker,
  question: string,
  texts: readonly DocumentInput[],
  options: RankTextsOptions = {},
): Promise<RankedText[]> {
  if (question.trim() === '') throw new AppError('input-invalid', 'The question is empty.');
  if (texts.length === 0) return [];
  const outcomes = await classifier.classify(texts, questionTask(question), options);
  const ranked = outcomes.flatMap((outcome): RankedText[] =>
    outcome.ok ? [{ id: outcome.id, score: outcome.scores[0] ?? 0 }] : [],
  );
  const [first] = outcomes;
  if (ranked.length === 0 && first?.ok === false) throw new AppError(first.code, first.message);
  return ranked.sort((a, b) => b.score - a.score);
}
