// From what people decided on one text, and the scores that a model gave it, to a row of an evaluation.
import type { LabelSet } from '../labelSet';
import { excludes } from '../review/effectiveTags';
import type { LabelVerdict } from '../review/effectiveTags';
import { lessonOf } from '../review/lesson';
import type { EvaluationRow } from './evaluationRow';

export interface DecidedText extends Pick<EvaluationRow, 'id' | 'document' | 'place' | 'excerpt'> {
  /** All of this text as it was scored: those on an older text must be left out. */
  readonly decisions: readonly LabelVerdict[];
  /** Probabilities, [labels of the set]. */
  readonly scores: ArrayLike<number>;
}

/**
 * The row, or null where nothing is decided by which the model could be judged. It asks for the labels that are known, `none-fits`
 * makes all of them untrue. A label that was rejected alone says nothing where one that it shares an exclusive group (or a
 * single-label set) with has a better score and is not known: the model would not have given the rejected one beside it.
 */
export function decidedRow({ decisions, scores, ...row }: DecidedText, set: LabelSet): EvaluationRow | null {
  const lesson = lessonOf(decisions, set);
  if (!lesson) return null;
  const [right, wrong] = [new Set(lesson.labels), new Set(lesson.rejected)];
  const scored = set.labels.map((label, at) => ({ label, score: scores[at] ?? NaN }));
  const unknown = scored.filter(({ label }) => !right.has(label.name) && !wrong.has(label.name));
  const known = scored.filter(({ label, score }) => {
    if (right.has(label.name)) return true;
    return wrong.has(label.name) && !unknown.some((one) => one.score > score && excludes(one.label, label, set));
  });
  if (known.length === 0) return null;
  return {
    ...row,
    labels: known.map(({ label }) => label.name),
    trueLabels: lesson.labels,
    scores: Float32Array.from(known, ({ score }) => score),
  };
}
