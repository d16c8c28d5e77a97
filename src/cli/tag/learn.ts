// `glitag tag --learn`: decided files become examples of the label set, so that the rest follows them.
import { isOnOlderText } from '../../core/review/decision';
import type { Example, LabelSet } from '../../core/labelSet';
import { lessonOf } from '../../core/review/lesson';
import type { Lesson } from '../../core/review/lesson';
import type { CancelSignal, Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { taskOf } from '../../shared/task';
import type { DecidedDocuments } from '../decide/decidedDocuments';
import { readKey } from '../decide/decidedFiles';

/** Files that teach, those that were decided on last: more would take longer and change little. */
export const mostLearned = 500;

export interface LearnParts {
  readonly classifier: Classifier;
  readonly chunkTokens: number;
  readonly signal: CancelSignal;
}

/**
 * The set with decided files as examples, by the vectors of their chunks: what was decided may be about any of them. Files that are
 * gone, or are another text by now, teach nothing. Throws AppError `model-unsupported`, and what the classifier throws.
 */
export async function learn(
  set: LabelSet,
  decisions: DecidedDocuments,
  { classifier, chunkTokens, signal }: LearnParts,
): Promise<LabelSet> {
  const model = await classifier.describe(signal);
  if (!model.capabilities.keepsVectors)
    throw new AppError(
      'model-unsupported',
      `The model “${model.name}” does not learn from decisions. Leave out --learn.`,
    );
  const texts = await textsOf(set, decisions);
  const options = { chunkTokens, signal, vectors: true };
  const documents = texts.map(({ text }, index) => ({ id: String(index), text }));
  const outcomes = await classifier.classify(documents, taskOf(set), options);
  const learned = texts.flatMap(({ hash, lesson }, index): Example[] => {
    const outcome = outcomes[index];
    const vectors = outcome?.ok ? outcome.vectors?.values : undefined;
    return vectors ? [{ text: '', ...lesson, kept: { hash, vectors } }] : [];
  });
  return { ...set, examples: [...set.examples, ...learned] };
}

interface DecidedText {
  readonly text: string;
  readonly hash: string;
  readonly lesson: Lesson;
}

async function textsOf(set: LabelSet, decisions: DecidedDocuments): Promise<DecidedText[]> {
  const texts: DecidedText[] = [];
  for (const made of decisions.latestFirst()) {
    if (texts.length === mostLearned) break;
    const [first] = made;
    const read = first ? await readKey(first) : null;
    if (!read) continue;
    const lesson = lessonOf(
      made.filter((decision) => !isOnOlderText(decision, read.hash)),
      set,
    );
    if (lesson) texts.push({ text: read.text, hash: read.hash, lesson });
  }
  return texts;
}
