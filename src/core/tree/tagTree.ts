// The results tree as a list of rows: takes documents, scores, filter and clicks; gives any row by its number.
import type { ReviewProgress } from '../review/reviewOrder';
import { DocumentTable } from './documentTable';
import { Expansion } from './expansion';
import type { Group, GroupedBy } from './groups';
import { findGroup, keySeparator, opensByDefault, scoreIn } from './groups';
import { Grouping } from './grouping';
import type { PlacedRow } from './innerRows';
import { innerRows } from './innerRows';
import { layGroups, Layout } from './layout';
import { groupRow } from './groupRow';
import { partKey } from './parts';
import { ReviewQueue } from './reviewQueue';
import { findReview, reviewName, reviewRow } from './reviewRows';
import type { GroupBy, Row, SortBy, TreeDocument, TreeLabel, TreeScore } from './treeTypes';

/** Where a row is, by name: survives every change of the rows around it. */
export interface RowName {
  readonly group: string;
  readonly document: string | null;
  readonly inner: string | null;
}

/** The most rows that are opened at once: each opened document asks for its scores. */
export const openAtOnceLimit = 1000;

export class TagTree {
  readonly expansion = new Expansion();
  private readonly table = new DocumentTable();
  private readonly layout = new Layout();
  private readonly details = new Map<string, readonly TreeScore[]>();
  private readonly inner = new Map<number, PlacedRow[]>();
  /** Documents by the ids of their parts. */
  private readonly owners = new Map<string, string>();
  private labels: readonly TreeLabel[] = [];
  private exclusive: ReadonlySet<string> = new Set();
  private groupBy: GroupBy = 'file';
  private sortBy: SortBy = 'default';
  private filter = '';
  /** The queue where it is shown; else `grouping` is. */
  private queue: ReviewQueue | null = null;
  private grouping = this.grouped('file');
  private laidOut = false;

  /** Number of rows. */
  get length(): number {
    if (this.queue !== null) return this.queue.length;
    this.lay();
    return this.layout.length;
  }

  get documentCount(): number {
    return this.table.size;
  }

  /** Number of documents that the filter lets through; in the queue, of tags to be decided. */
  get shownCount(): number {
    return this.queue === null ? this.grouping.shownDocuments : this.queue.length;
  }

  /** How far the review is, whatever the filter; null but in the queue. */
  get review(): ReviewProgress | null {
    return this.queue?.progress ?? null;
  }

  /** Scores held for other labels are dropped: their label numbers mean nothing any more. */
  setLabels(labels: readonly TreeLabel[], exclusive: readonly string[]): void {
    this.labels = labels;
    this.exclusive = new Set(exclusive);
    this.details.clear();
    this.regroup();
  }

  setGroupBy(by: GroupBy): void {
    if (by === this.groupBy) return;
    this.groupBy = by;
    this.regroup();
  }

  setSortBy(by: SortBy): void {
    if (by === this.sortBy) return;
    this.sortBy = by;
    this.regroup();
  }

  /** `filter`: a search (core/query), as it stands in the filter box. */
  setFilter(filter: string): void {
    this.filter = filter;
    this.arranged.setFilter(filter);
    this.laidOut = false;
  }

  /** Adds or replaces documents by id; `reset` drops all others, but not which rows were open. */
  putDocuments(documents: readonly TreeDocument[], reset: boolean): void {
    if (reset) {
      this.table.clear();
      this.details.clear();
      this.owners.clear();
      this.regroup();
    }
    for (const { id, parts } of documents) for (const part of parts ?? []) this.owners.set(part.id, id);
    this.arranged.apply(this.table.upsert(documents));
    this.changed();
  }

  removeDocuments(ids: readonly string[]): void {
    const changes = this.table.remove(ids);
    for (const { before } of changes) {
      if (before === undefined) continue;
      this.details.delete(before.id);
      for (const { id } of before.parts ?? []) {
        this.details.delete(id);
        this.owners.delete(id);
      }
    }
    this.arranged.apply(changes);
    this.changed();
  }

  /** Scores of an opened document. They stay until others come, so that a changed document does not flicker. */
  setDetails(id: string, scores: readonly TreeScore[]): void {
    this.details.set(id, scores);
    this.changed();
  }

  /** A document, or a part of one. */
  has(id: string): boolean {
    return this.table.slotOf(this.owners.get(id) ?? id) !== undefined;
  }

  hasDetails(id: string): boolean {
    return this.details.has(id);
  }

  /** The row with this number. Throws RangeError outside the rows. */
  row(index: number): Row {
    const item = this.queue?.at(index);
    if (this.queue !== null && item !== undefined)
      return reviewRow(this.queue, index, item, this.labels, this.details.get(item.document.id));
    this.lay();
    const place = this.layout.at(index);
    if (place === undefined) throw new RangeError(`No row ${index} among ${this.layout.length}.`);
    const { group, slot, order } = place;
    if (slot === -1) return groupRow(group, this.isGroupOpen(group));
    const document = this.table.get(slot);
    const key = `${group.key}${keySeparator}d${document.id}`;
    const level = group.level + 1;
    if (place.inner !== -1) {
      const placed = this.innerOf(slot)[place.inner];
      if (placed === undefined) throw new RangeError(`No inner row ${place.inner}.`);
      return { ...placed.row, key: `${key}${keySeparator}${placed.row.key}`, level: level + placed.row.level };
    }
    const { label } = group;
    const own = document.tags.find((one) => one.label === label);
    const tag = label === -1 ? null : { ...own, label, score: scoreIn(group, document) };
    return {
      kind: 'document',
      key,
      level,
      position: group.visible.length + order + 1,
      siblings: group.visible.length + group.shown.length,
      open: this.expansion.openDocuments(group.key)?.has(document.id) ?? false,
      document,
      tag,
      short: group.kind === 'folder',
    };
  }

  nameOf(index: number): RowName | null {
    const item = this.queue?.at(index);
    if (item !== undefined) return reviewName(item, this.labels);
    this.lay();
    const place = this.layout.at(index);
    if (place === undefined) return null;
    const document = place.slot === -1 ? null : this.table.get(place.slot).id;
    const inner = place.inner === -1 ? null : (this.innerOf(place.slot)[place.inner]?.row.key ?? null);
    return { group: place.group.key, document, inner };
  }

  /**
   * Number of the row, or of the nearest row above it that is still there; -1 where nothing of it is left. In the queue a tag that was
   * decided leaves, and what came after it is found.
   */
  find(name: RowName): number {
    if (this.queue !== null) return findReview(this.queue, name, this.labels);
    this.lay();
    const group = findGroup(this.grouping.root, name.group);
    if (group === null) return -1;
    if (name.document === null) return group.row;
    const slot = this.table.slotOf(name.document);
    const row = slot === undefined ? -1 : this.layout.find(group, slot);
    if (row === -1 || slot === undefined || name.inner === null) return row === -1 ? group.row : row;
    const open = this.layout.at(row + 1)?.slot === slot;
    return open ? row + 1 + this.innerOf(slot).findIndex((placed) => placed.row.key === name.inner) : row;
  }

  /** Number of the row one level out, or -1. */
  parentOf(index: number): number {
    this.lay();
    const place = this.layout.at(index);
    if (place === undefined) return -1;
    if (place.slot === -1) return place.group.parent?.row ?? -1;
    if (place.inner === -1) return place.group.row;
    const parent = this.innerOf(place.slot)[place.inner]?.parent ?? -1;
    return index - place.inner + parent;
  }

  /** Opens or closes a row; false where there is nothing to open, or it is so already. */
  setOpen(index: number, open: boolean): boolean {
    this.lay();
    const place = this.layout.at(index);
    if (place === undefined) return false;
    const row = this.row(index);
    if (row.open === null || row.open === open) return false;
    const { group, slot } = place;
    if (slot === -1) this.expansion.set(group.key, opensByDefault(group), open);
    else if (place.inner === -1) this.expansion.setDocument(group.key, this.table.get(slot).id, open);
    else {
      const placed = this.innerOf(slot)[place.inner];
      if (placed === undefined) return false;
      this.expansion.set(this.innerKey(slot, placed.row.key), placed.openByDefault, open);
    }
    this.changed();
    return true;
  }

  /** Opens the row and its siblings. Returns how many would have to be opened where that is too many, else 0. */
  openSiblings(index: number): number {
    this.lay();
    const place = this.layout.at(index);
    if (place === undefined) return 0;
    const { group, slot, inner } = place;
    if (slot === -1) {
      for (const sibling of group.parent?.visible ?? []) this.expansion.set(sibling.key, opensByDefault(sibling), true);
    } else if (inner === -1) {
      if (group.shown.length > openAtOnceLimit) return group.shown.length;
      for (const sibling of group.shown) this.expansion.setDocument(group.key, this.table.get(sibling).id, true);
    } else {
      const rows = this.innerOf(slot);
      for (const sibling of rows.filter((one) => one.parent === rows[inner]?.parent && one.row.open !== null)) {
        this.expansion.set(this.innerKey(slot, sibling.row.key), sibling.openByDefault, true);
      }
    }
    this.changed();
    return 0;
  }

  collapseAll(): void {
    if (this.queue !== null) return;
    this.expansion.clear();
    const close = (group: Group): void => {
      this.expansion.set(group.key, opensByDefault(group), false);
      group.children.forEach(close);
    };
    for (const group of this.grouping.root.children) close(group);
    this.changed();
  }

  /** Opens what stands above a document or a part, and the row itself. Returns it; -1 where it is unknown or filtered out. */
  reveal(id: string): number {
    if (this.queue !== null) return this.queue.findDocument(id);
    const owner = this.owners.get(id) ?? id;
    const slot = this.table.slotOf(owner);
    if (slot === undefined) return -1;
    const group = this.grouping.groupsOf(slot).find((one) => one.shown.includes(slot));
    if (group === undefined) return -1;
    for (let above: Group | null = group; above !== null; above = above.parent) {
      this.expansion.set(above.key, opensByDefault(above), true);
    }
    this.expansion.setDocument(group.key, owner, true);
    if (owner !== id) this.expansion.set(this.innerKey(slot, partKey(id)), false, true);
    this.changed();
    this.lay();
    const inner = this.innerOf(slot).findIndex(({ row }) => row.key === partKey(id));
    return this.layout.find(group, slot) + 1 + inner;
  }

  /** Row of a document that stays closed: folders are opened for it, labels and "None fits" are not; -1 where it is not seen. */
  locate(id: string): number {
    if (this.queue !== null) return this.queue.findDocument(id);
    const slot = this.table.slotOf(id);
    if (slot === undefined) return -1;
    const isSeen = (one: Group): boolean =>
      one.kind === 'root' ||
      ((one.kind === 'folder' || this.isGroupOpen(one)) && (one.parent === null || isSeen(one.parent)));
    const group = this.grouping.groupsOf(slot).find((one) => one.shown.includes(slot) && isSeen(one));
    if (group === undefined) return -1;
    for (let above: Group | null = group; above?.kind === 'folder'; above = above.parent)
      this.expansion.set(above.key, opensByDefault(above), true);
    this.changed();
    this.lay();
    return this.layout.find(group, slot);
  }

  private get arranged(): Grouping | ReviewQueue {
    return this.queue ?? this.grouping;
  }

  private regroup(): void {
    this.changed();
    const { groupBy, sortBy: sort, labels, filter } = this;
    this.queue = groupBy === 'review' ? new ReviewQueue(this.table, { sort, labels, filter }) : null;
    if (groupBy === 'review') this.layout.clear();
    else this.grouping = this.grouped(groupBy);
  }

  private grouped(by: GroupedBy): Grouping {
    const { labels, exclusive, filter, sortBy: sort } = this;
    return new Grouping(this.table, { by, sort, labels, exclusive, filter });
  }

  private changed(): void {
    this.laidOut = false;
    this.inner.clear();
  }

  private isGroupOpen(group: Group): boolean {
    return this.expansion.isOpen(group.key, opensByDefault(group));
  }

  private innerKey(slot: number, key: string): string {
    return `${this.table.get(slot).id}${keySeparator}${key}`;
  }

  private innerOf(slot: number): readonly PlacedRow[] {
    let rows = this.inner.get(slot);
    if (rows === undefined) {
      const document = this.table.get(slot);
      rows = innerRows(document, this.details.get(document.id), {
        labels: this.labels,
        exclusive: this.exclusive,
        isOpen: (key, byDefault) => this.expansion.isOpen(this.innerKey(slot, key), byDefault),
        scoresOf: (part) => this.details.get(part),
      });
      this.inner.set(slot, rows);
    }
    return rows;
  }

  private lay(): void {
    if (this.laidOut || this.queue !== null) return;
    this.laidOut = true;
    this.layout.clear();
    layGroups(this.layout, this.grouping.root, {
      isOpen: (group) => this.isGroupOpen(group),
      openSlots: ({ key }) => {
        const ids = this.expansion.openDocuments(key);
        return ids && new Set([...ids].flatMap((id) => this.table.slotOf(id) ?? []));
      },
      rowsUnder: (slot) => this.innerOf(slot).length,
    });
  }
}
