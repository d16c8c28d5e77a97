// What decisions on one text teach: which labels it carries, which it does not, and of which nothing is known.
import type { Example, LabelSet } from '../labelSet';
import { effectiveTags } from './effectiveTags';
import type { LabelVerdict } from './effectiveTags';

/** The labels of an example; the rest of the set is unknown. */
export type Lesson = Required<Pick<Example, 'labels' | 'rejected'>>;

/**
 * Accepted and added labels are carried, rejected ones are not. `none-fits` rejects all of the set; a label that was given rejects
 * those that exclude it (exclusive groups, single-label). Labels on which people differ teach nothing. Null where nothing is left.
 * @param decisions All of one text as it is now: those on an older text must be left out.
 */
export function lessonOf(decisions: readonly LabelVerdict[], set: LabelSet): Lesson | null {
  if (decisions.length === 0) return null;
  // As if the model proposed every label: whatever is then no open proposal was decided, one way or the other.
  const proposed = set.labels.map(({ name }) => ({ label: name, score: 0, start: 0, end: 0 }));
  const { tags, rejected } = effectiveTags({ tags: proposed, scores: proposed }, decisions, set);
  const byLabel = new Map([...rejected, ...tags].map((tag) => [tag.label, tag]));
  const lesson: { labels: string[]; rejected: string[] } = { labels: [], rejected: [] };
  for (const { name } of set.labels) {
    const tag = byLabel.get(name);
    if (tag?.conflict || tag?.state === 'proposed') continue;
    // One that is nowhere was shut out by a label that was given.
    (tag && tag.state !== 'rejected' ? lesson.labels : lesson.rejected).push(name);
  }
  return lesson.labels.length + lesson.rejected.length > 0 ? lesson : null;
}
