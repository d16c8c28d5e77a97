// `glitag tag --learn`: decided files become examples of the label set, so that the rest follows them.
import { isOnOlderText } from '../../core/review/decision';
import type { Example, LabelSet } from '../../core/labelSet';
import { lessonOf } from '../../core/review/lesson';
import { decidedExamples, type DecidedText } from '../../inference/nearest/decidedExamples';
import { NearestClassifier } from '../../inference/nearest/nearestClassifier';
import { TextVectors } from '../../inference/nearest/textVectors';
import type { CancelSignal, Classifier, DocumentOutcome } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { readsExamples } from '../../shared/readsExamples';
import { taskOf } from '../../shared/task';
import type { DecidedDocuments } from '../decide/decidedDocuments';
import { readKey } from '../decide/decidedFiles';

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
  if (capabilities.keepsVectors) {
    const texts = await textsOf(set, decisions);
    const documents = texts.map(({ text }, index) => ({ id: String(index), text }));
    const outcomes = await classifier.classify(documents, taskOf(set), { chunkTokens, signal, vectors: true });
    return { set: withExamples(set, texts, outcomes), classifier };
  }
  if (!readsExamples(capabilities, set))
    throw new AppError(
      'model-unsupported',
      `The model “${name}” does not learn from decisions. ${capabilities.reasons?.examples ?? ''} Leave out --learn.`,
    );
  const decided = decidedExamples(await textsOf(set, decisions), set);
  if (decided.length === 0) return { set, classifier };
  return { set, classifier: new NearestClassifier(classifier, new TextVectors(measurer), decided) };
}

function withExamples(set: LabelSet, texts: readonly DecidedText[], outcomes: readonly DocumentOutcome[]): LabelSet {
  const learned = texts.flatMap(({ hash, lesson }, index): Example[] => {
    const outcome = outcomes[index];
    const vectors = outcome?.ok ? outcome.vectors?.values : undefined;
    return vectors ? [{ text: '', ...lesson, kept: { hash, vectors } }] : [];
  });
  return { ...set, examples: [...set.examples, ...learned] };
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
