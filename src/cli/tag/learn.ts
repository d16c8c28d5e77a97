// `glitag tag --learn`: decided files become examples of the label set, so that the rest follows them.
import { advance } from '../../core/codePoints';
import { isOnOlderText } from '../../core/review/decision';
import type { Example, LabelSet } from '../../core/labelSet';
import { lessonOf } from '../../core/review/lesson';
import type { Lesson } from '../../core/review/lesson';
import type { CancelSignal, Classifier, DocumentInput, DocumentOutcome } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { exampleLength } from '../../shared/nearestExamples';
import { taskOf } from '../../shared/task';
import type { DecidedDocuments } from '../decide/decidedDocuments';
import { readKey } from '../decide/decidedFiles';
import { NearestClassifier } from './nearestClassifier';

/** Files that teach, those that were decided on last: more would take longer and change little. */
export const mostLearned = 500;

export interface LearnParts {
  readonly classifier: Classifier;
  /** The embedded model, for a classifier that reads examples; asked for nothing by any other. */
  readonly measurer: Classifier;
  readonly chunkTokens: number;
  readonly signal: CancelSignal;
}

/** What is asked of which classifier after the lesson. */
export interface Learned {
  readonly set: LabelSet;
  readonly classifier: Classifier;
}

/**
 * The set with decided files as examples. A model that keeps vectors learns from those of their chunks: what was decided may be about
 * any of them. One that reads examples is given with each document the decided files nearest to it, by the vectors of `measurer`.
 * Files that are gone, or are another text by now, teach nothing. Throws AppError `model-unsupported`, and what classifiers throw.
 */
export async function learn(
  set: LabelSet,
  decisions: DecidedDocuments,
  { classifier, measurer, chunkTokens, signal }: LearnParts,
): Promise<Learned> {
  const { name, capabilities } = await classifier.describe(signal);
  const options = { chunkTokens, signal, vectors: true };
  if (capabilities.keepsVectors) {
    const texts = await textsOf(set, decisions);
    const outcomes = await classifier.classify(documentsOf(texts), taskOf(set), options);
    return { set: withExamples(set, texts, outcomes, () => ''), classifier };
  }
  if (capabilities.examples !== 'native')
    throw new AppError('model-unsupported', `The model “${name}” does not learn from decisions. Leave out --learn.`);
  // What a text is not cannot be said in the words of an example. In an order that does not depend on when decisions were made.
  const texts = (await textsOf(set, decisions))
    .filter(({ lesson }) => lesson.labels.length > 0)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  if (texts.length === 0) return { set, classifier };
  const nearest = new NearestClassifier(classifier, measurer);
  const outcomes = await nearest.measure(documentsOf(texts), options);
  const beginning = (text: string) => text.slice(0, advance(text, 0, exampleLength));
  return { set: withExamples(set, texts, outcomes, beginning), classifier: nearest };
}

function documentsOf(texts: readonly DecidedText[]): DocumentInput[] {
  return texts.map(({ text }, index) => ({ id: String(index), text }));
}

/** @param textOf What is kept of a text beside its vectors. */
function withExamples(
  set: LabelSet,
  texts: readonly DecidedText[],
  outcomes: readonly DocumentOutcome[],
  textOf: (text: string) => string,
): LabelSet {
  const learned = texts.flatMap(({ text, hash, lesson }, index): Example[] => {
    const outcome = outcomes[index];
    const vectors = outcome?.ok ? outcome.vectors?.values : undefined;
    return vectors ? [{ text: textOf(text), ...lesson, kept: { hash, vectors } }] : [];
  });
  return { ...set, examples: [...set.examples, ...learned] };
}

interface DecidedText {
  readonly text: string;
  readonly hash: string;
  readonly lesson: Lesson;
}

function orderOf({ hash, lesson }: DecidedText): string {
  return JSON.stringify([hash, lesson.labels, lesson.rejected]);
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
