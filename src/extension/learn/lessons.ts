// Which decided documents become examples of their label set: the newest whose vectors are kept, up to a bound. Free of `vscode`.
import type { Example, LabelSet } from '../../core/labelSet';
import type { Decision } from '../../core/review/decision';
import { lessonOf } from '../../core/review/lesson';
import type { DecidedExample } from '../../inference/nearest/decidedExamples';
import { Breather } from '../../workspace/flow/breather';
import type { StoredText } from '../../workspace/store/tagStore';

/** More would take longer and change little. */
export const mostTexts = 500;
/** The vectors of all examples go to the model with each lesson: this many are 3 MB with the embedded one. */
export const mostChunks = 2_000;
/** Fewer decisions a label do harm where only the best label counts (docs/FEWSHOT.md). */
export const fewestInSingleLabel = 4;

export interface Lessons {
  /** For a model with vectors, which learns by those that are kept. */
  readonly examples: readonly Example[];
  /** For a model that reads examples. */
  readonly decided: readonly DecidedExample[];
  /** That the examples come from. */
  readonly decisions: number;
  /** How many decisions it takes, where there are too few to learn from; there are no examples then. */
  readonly needed: number | null;
}

export const noLessons: Lessons = { examples: [], decided: [], decisions: 0, needed: null };

/**
 * Documents as a whole, those decided on last first. One that is not kept as the text that was decided on is left out, and one whose
 * chunks are too many for those that are left. In an order that does not depend on when decisions were made, so that the same decisions
 * ask the model the same.
 * @param decided The decisions of one document each.
 * @param keptText The document as it was read last, with vectors of one model; null where there are none.
 */
export async function chooseLessons(
  decided: Iterable<readonly Decision[]>,
  set: LabelSet,
  keptText: (decision: Decision) => StoredText | null,
): Promise<Lessons> {
  const breather = new Breather();
  const examples: (Example & { readonly kept: NonNullable<Example['kept']> })[] = [];
  let [decisions, chunks] = [0, 0];
  for (const made of latestFirst(decided)) {
    if (examples.length === mostTexts) break;
    if (breather.due) await breather.pause();
    const [first] = made;
    const kept = first ? keptText(first) : null;
    if (!kept) continue;
    const current = made.filter(({ textHash }) => textHash === kept.hash);
    const lesson = lessonOf(current, set);
    const count = kept.vectors.spans.length / 2;
    if (!lesson || chunks + count > mostChunks) continue;
    examples.push({ text: '', ...lesson, kept: { hash: kept.hash, vectors: kept.vectors.values } });
    decisions += current.length;
    chunks += count;
  }
  const needed = set.mode === 'single-label' ? fewestInSingleLabel * set.labels.length : 0;
  if (decisions < needed) return { ...noLessons, decisions, needed };
  examples.sort((a, b) => (a.kept.hash < b.kept.hash ? -1 : Number(a.kept.hash > b.kept.hash)));
  return { ...noLessons, examples, decisions };
}

/** The decisions on each document as a whole. */
export function latestFirst(decided: Iterable<readonly Decision[]>): Decision[][] {
  return Array.from(decided, (all) => all.filter(({ passage }) => passage === null))
    .filter((made) => made.length > 0)
    .map((made) => ({ made, latestMs: Math.max(...made.map(({ decidedMs }) => decidedMs)) }))
    .sort((a, b) => b.latestMs - a.latestMs)
    .map(({ made }) => made);
}
