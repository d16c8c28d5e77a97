// The review queue: which tags to look at first, and how far one has come.
import { wholeNumber } from '../countText';
import { thresholdOf } from '../decide';
import type { LabelSet } from '../labelSet';
import type { EffectiveTag } from './decision';
import type { EffectiveTags } from './effectiveTags';

/** A document (or passage) with its effective tags; `document` is whatever the caller knows it by. */
export interface Reviewed<D> {
  readonly document: D;
  readonly tags: Pick<EffectiveTags, 'tags' | 'rejected'>;
}

export interface ReviewItem<D> {
  readonly document: D;
  readonly tag: EffectiveTag;
  /** Between score and threshold, 0 to 1. */
  readonly distance: number;
}

/**
 * What is to be decided: conflicts first, then proposed tags, nearest to their threshold first (uncertainty sampling: Lewis and
 * Gale 1994). Equals keep the order of the documents and of their tags.
 */
export function reviewOrder<D>(documents: Iterable<Reviewed<D>>, set: LabelSet): ReviewItem<D>[] {
  const thresholds = new Map(set.labels.map((label) => [label.name, thresholdOf(label, set)]));
  const items: ReviewItem<D>[] = [];
  for (const { document, tags } of documents) {
    for (const tag of [...tags.tags, ...tags.rejected].filter(isUndecided)) {
      items.push({ document, tag, distance: Math.abs(tag.score - (thresholds.get(tag.label) ?? set.threshold)) });
    }
  }
  return items.sort(compareForReview);
}

/** What the order of review looks at. */
export interface Uncertain {
  readonly tag: { readonly conflict?: true };
  readonly distance: number;
}

/** The rule of `reviewOrder` for two tags. */
export function compareForReview(a: Uncertain, b: Uncertain): number {
  return Number(b.tag.conflict ?? false) - Number(a.tag.conflict ?? false) || a.distance - b.distance;
}

/** Proposed, or disputed and standing: what "accept all above a score" takes. */
export function isOpen(tag: Pick<EffectiveTag, 'state' | 'conflict'>): boolean {
  return isUndecided(tag) && tag.state !== 'rejected';
}

export interface ReviewProgress {
  readonly decided: number;
  /** Tags that were decided or are to be. */
  readonly total: number;
}

export function reviewProgress(documents: Iterable<Reviewed<unknown>>): ReviewProgress {
  let decided = 0;
  let total = 0;
  for (const { tags } of documents) {
    const all = [...tags.tags, ...tags.rejected];
    total += all.length;
    decided += all.filter((tag) => !isUndecided(tag)).length;
  }
  return { decided, total };
}

/** "41 of 230 decided". */
export function progressText({ decided, total }: ReviewProgress): string {
  return `${wholeNumber(decided)} of ${wholeNumber(total)} decided`;
}

/** Whether somebody has to look at a tag: nobody has decided, or people differ. */
export function isUndecided(tag: Pick<EffectiveTag, 'state' | 'conflict'>): boolean {
  return tag.state === 'proposed' || tag.conflict === true;
}
