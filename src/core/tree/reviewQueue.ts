// The queue of review: each tag that nobody has decided on is a row, kept in order while decisions and documents come.
import { parseQuery } from '../query/parseQuery';
import { QueryTest } from '../query/queryTest';
import type { ReviewProgress } from '../review/reviewOrder';
import { compareForReview } from '../review/reviewOrder';
import { isUndecidedTag } from './decisions';
import type { DocumentTable, TableChange } from './documentTable';
import { newestIn } from './groups';
import { withParts } from './parts';
import type { SortBy, TreeDocument, TreeLabel, TreeTag } from './treeTypes';

export interface ReviewQueueOptions {
  readonly sort: SortBy;
  readonly labels: readonly TreeLabel[];
  /** What stands in the filter box. */
  readonly filter: string;
}

export interface QueueItem {
  readonly slot: number;
  /** The document in the slot, or the part of it that has the tag. */
  readonly document: TreeDocument;
  readonly tag: TreeTag;
  readonly rejected: boolean;
  /** Between score and threshold, 0 to 1. */
  readonly distance: number;
}

/** So many move the tail of the list faster than they make a new one. */
const fewItems = 16;

export class ReviewQueue {
  private all: readonly QueueItem[] = [];
  /** Those of `all` that the filter lets through. */
  private shown: readonly QueueItem[] = [];
  /** What the last change took out: whoever was there goes on with what came next. */
  private gone: readonly QueueItem[] = [];
  private test: QueryTest | null;
  private decided = 0;

  constructor(
    private readonly table: DocumentTable,
    private readonly options: ReviewQueueOptions,
  ) {
    this.test = this.testOf(options.filter);
    this.apply([...table.allSlots()].map((slot) => ({ slot, before: undefined, after: table.get(slot) })));
  }

  /** Number of rows. */
  get length(): number {
    return this.shown.length;
  }

  get progress(): ReviewProgress {
    return { decided: this.decided, total: this.decided + this.all.length };
  }

  at(index: number): QueueItem | undefined {
    return this.shown[index];
  }

  /** Takes the tags of changed documents out and puts them in where they now belong. Costs a pass over the queue, and no sorting of it. */
  apply(changes: readonly TableChange[]): void {
    const touched = new Set(changes.map(({ slot }) => slot));
    const added: QueueItem[] = [];
    for (const { slot, before, after } of changes) {
      if (before !== undefined) this.decided -= decidedIn(before);
      if (after === undefined) continue;
      this.decided += decidedIn(after);
      added.push(...this.itemsOf(slot, after));
    }
    added.sort(this.compare);
    const gone: QueueItem[] = [];
    const shown = this.test === null ? null : this.merge(without(this.shown, touched, gone), this.filtered(added));
    this.all = this.merge(without(this.all, touched, shown === null ? gone : []), added);
    this.shown = shown ?? this.all;
    this.gone = gone;
  }

  setFilter(filter: string): void {
    this.test = this.testOf(filter);
    this.shown = this.filtered(this.all);
    this.gone = [];
  }

  /** Row of a tag, or, where the last change took it out, of what came after it; -1 where neither is known. */
  find(document: string, label: number): number {
    const isIt = (item: QueueItem): boolean => item.tag.label === label && item.document.id === document;
    const there = this.shown.findIndex(isIt);
    if (there !== -1 || this.shown.length === 0) return there;
    const gone = this.gone.find(isIt);
    return gone === undefined ? -1 : Math.min(this.placeOf(gone, this.shown, 0), this.shown.length - 1);
  }

  /** First row of a document, or of a part of one; -1 where there is nothing to decide, or it is filtered out. */
  findDocument(id: string): number {
    return this.shown.findIndex(({ slot, document }) => document.id === id || this.table.get(slot).id === id);
  }

  private itemsOf(slot: number, whole: TreeDocument): QueueItem[] {
    return withParts(whole).flatMap((document) => {
      const item = (tag: TreeTag, rejected: boolean): QueueItem => {
        const threshold = this.options.labels[tag.label]?.threshold ?? 0;
        return { slot, document, tag, rejected, distance: Math.abs(tag.score - threshold) };
      };
      const { undecided, disputed } = openTags(document);
      return [...undecided.map((tag) => item(tag, false)), ...disputed.map((tag) => item(tag, true))];
    });
  }

  /** A total order, so that the queue is the same whichever way it came about. */
  private readonly compare = (a: QueueItem, b: QueueItem): number => {
    const { sort } = this.options;
    const byLabel = sort === 'name' || sort === 'score' ? a.tag.label - b.tag.label : 0;
    return (
      byLabel ||
      (sort === 'newest' ? newestIn(b.document) - newestIn(a.document) : 0) ||
      compareForReview(a, b) ||
      this.table.compareTitles(a.slot, b.slot) ||
      a.tag.label - b.tag.label ||
      (a.document.id < b.document.id ? -1 : a.document.id > b.document.id ? 1 : 0)
    );
  };

  /** Where an item belongs in a list that is in order, from `from` on. */
  private placeOf(item: QueueItem, list: readonly QueueItem[], from: number): number {
    let low = from;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = list[middle];
      if (other !== undefined && this.compare(other, item) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Puts items, which are in order, into a list that is. */
  private merge(kept: QueueItem[], added: readonly QueueItem[]): QueueItem[] {
    if (added.length <= fewItems) {
      for (const item of added) kept.splice(this.placeOf(item, kept, 0), 0, item);
      return kept;
    }
    const merged: QueueItem[] = [];
    let from = 0;
    for (const item of added) {
      const to = this.placeOf(item, kept, from);
      for (const before of kept.slice(from, to)) merged.push(before);
      merged.push(item);
      from = to;
    }
    return merged.concat(kept.slice(from));
  }

  private filtered(items: readonly QueueItem[]): readonly QueueItem[] {
    const { test } = this;
    if (test === null) return items;
    return items.filter(({ slot, document, tag }) => {
      const { tags, rejected = [] } = document;
      // What one of several people rejected is asked for as the tag that it is to others.
      const searched = rejected.length === 0 ? document : { ...document, tags: [...tags, ...rejected] };
      return test.matchesUnder(searched, this.table.lowTitle(slot), tag.label, tag.score);
    });
  }

  private testOf(filter: string): QueryTest | null {
    const names = this.options.labels.map(({ name }) => name);
    const test = new QueryTest(parseQuery(filter, names));
    return test.isEmpty ? null : test;
  }
}

/** The items of other slots; those that are left out go to `gone`. */
function without(items: readonly QueueItem[], slots: ReadonlySet<number>, gone: QueueItem[]): QueueItem[] {
  const kept: QueueItem[] = [];
  for (const item of items) (slots.has(item.slot) ? gone : kept).push(item);
  return kept;
}

function openTags({ tags, rejected = [] }: TreeDocument) {
  return {
    undecided: tags.filter(isUndecidedTag),
    disputed: rejected.filter(({ conflict }) => conflict === true),
  };
}

/** Number of tags of a document, and of its parts, that are decided. */
function decidedIn(whole: TreeDocument): number {
  return withParts(whole).reduce((count, document) => {
    const { undecided, disputed } = openTags(document);
    return count + document.tags.length + (document.rejected?.length ?? 0) - undecided.length - disputed.length;
  }, 0);
}
