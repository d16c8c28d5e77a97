// What a model that reads examples is given of decided texts.
import { advance } from '../../core/codePoints';
import type { LabelSet } from '../../core/labelSet';
import type { Lesson } from '../../core/review/lesson';
import { exampleLength } from '../../shared/nearestExamples';
import { taskOf } from '../../shared/task';

/** Code points of a decided text by which it is compared with documents: some fifty passages say what it is about. */
const comparedLength = 40_000;

/** A text that was decided on, as it is now. */
export interface DecidedText {
  /** All of it, or `beginningOf` it. */
  readonly text: string;
  /** sha256 (hex) of the whole text. */
  readonly hash: string;
  readonly lesson: Lesson;
}

/** In the words of a task. */
export interface DecidedExample extends Lesson {
  /** The beginning of the text, which the model reads. */
  readonly text: string;
  /** What is compared with documents. */
  readonly compared: string;
  /** sha256 (hex) of the whole text. */
  readonly hash: string;
}

/**
 * In an order that does not depend on when decisions were made, so that the same decisions ask the model the same. Texts of which only
 * rejections are known are left out: neither of upstream's forms has an example without a label.
 */
export function decidedExamples(texts: readonly DecidedText[], set: LabelSet): DecidedExample[] {
  const known = texts
    .filter(({ lesson }) => lesson.labels.length > 0)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const { examples } = taskOf({ ...set, examples: known.map(({ lesson }) => ({ text: '', ...lesson })) });
  return known.map(({ text, hash }, index) => ({
    text: text.slice(0, advance(text, 0, exampleLength)),
    compared: beginningOf(text),
    labels: examples[index]?.labels ?? [],
    rejected: examples[index]?.rejected ?? [],
    hash,
  }));
}

/** What counts of a decided text. */
export function beginningOf(text: string): string {
  return text.slice(0, advance(text, 0, comparedLength));
}

function orderOf({ hash, lesson }: DecidedText): string {
  return JSON.stringify([hash, lesson.labels, lesson.rejected]);
}
