// Asks a model how passages stand to a statement.
import type { StanceScores } from '../../core/check/stance';
import type { Wording } from '../../core/check/judgement';
import type { ClassificationTask, Classifier, ClassifyOptions } from '../classifier';
import { AppError } from '../errors';

export type ScoreStancesOptions = Pick<ClassifyOptions, 'signal' | 'priority'>;

/** One task for all passages: its labels are in the order in which `stanceScores` reads their scores. */
export function statementTask(statement: string, wording: Wording): ClassificationTask {
  switch (wording) {
    case 'prompt':
      return {
        labels: ['supports the claim', 'contradicts the claim', 'says nothing about the claim'],
        mode: 'single-label',
        prompt: `Decide whether the text supports or contradicts the claim: ${statement}`,
        examples: [],
      };
    case 'labels':
      return { labels: [statement, `It is not true that: ${statement}`], mode: 'multi-label', examples: [] };
  }
}

/**
 * In the order of `texts`. Throws AppError: what Classifier.classify throws, and a passage's own failure, because a verdict over the
 * rest would mislead.
 */
export async function scoreStances(
  classifier: Pick<Classifier, 'classify'>,
  statement: string,
  texts: readonly string[],
  wording: Wording,
  options: ScoreStancesOptions = {},
): Promise<StanceScores[]> {
  const documents = texts.map((text, at) => ({ id: String(at), text }));
  const outcomes = await classifier.classify(documents, statementTask(statement, wording), options);
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw new AppError(outcome.code, outcome.message);
    return stanceScores(outcome.scores, wording);
  });
}

function stanceScores(scores: Float32Array, wording: Wording): StanceScores {
  const [supports = 0, contradicts = 0, nothing = 0] = scores;
  // Statement and denial are scored each by itself: where neither fits, the passage says neither.
  const neither = wording === 'prompt' ? nothing : 1 - Math.max(supports, contradicts);
  return { supports, contradicts, neither };
}
