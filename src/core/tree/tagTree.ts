// The results tree as a list of rows: takes documents, scores, filter and clicks; gives any row by its number.
import { DocumentTable } from './documentTable';
import { Expansion } from './expansion';
import type { Group } from './groups';
import { keySeparator, opensByDefault, scoreIn } from './groups';
import { Grouping } from './grouping';
import type { PlacedRow } from './innerRows';
import { innerRows } from './innerRows';
import { Layout } from './layout';
import { groupRow } from './groupRow';
import { partKey } from './parts';
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
  private grouping = this.regrouped();
  private laidOut = false;

  /** Number of rows. */
  get length(): number {
    this.lay();
    return this.layout.length;
  }

  get documentCount(): number {
    return this.table.size;
  }

  /** Number of documents that the filter lets through. */
  get shownDocuments(): number {
    return this.grouping.shownDocuments;
  }

  /** Scores held for other labels are dropped: their label numbers mean nothing any more. */
  setLabels(labels: readonly TreeLabel[], exclusive: readonly string[]): void {
    this.labels = labels;
    this.exclusive = new Set(exclusive);
    this.details.clear();
    this.grouping = this.regrouped();
  }

  setGroupBy(by: GroupBy): void {
    if (by === this.groupBy) return;
    this.groupBy = by;
    this.grouping = this.regrouped();
  }

  setSortBy(by: SortBy): void {
    if (by === this.sortBy) return;
    this.sortBy = by;
    this.grouping = this.regrouped();
  }

  /** `filter`: a search (core/query), as it stands in the filter box. */
  setFilter(filter: string): void {
    this.filter = filter;
    this.grouping.setFilter(filter);
    this.laidOut = false;
  }

  /** Adds or replaces documents by id; `reset` drops all others, but not which rows were open. */
  putDocuments(documents: readonly TreeDocument[], reset: boolean): void {
    if (reset) {
      this.table.clear();
      this.details.clear();
      this.owners.clear();
      this.grouping = this.regrouped();
    }
    for (const { id, parts } of documents) for (const part of parts ?? []) this.owners.set(part.id, id);
    this.grouping.apply(this.table.upsert(documents));
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
    this.grouping.apply(changes);
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
    const tag = group.label === -1 ? null : { label: group.label, score: scoreIn(group, document) };
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
    this.lay();
    const place = this.layout.at(index);
    if (place === undefined) return null;
    const document = place.slot === -1 ? null : this.table.get(place.slot).id;
    const inner = place.inner === -1 ? null : (this.innerOf(place.slot)[place.inner]?.row.key ?? null);
    return { group: place.group.key, document, inner };
  }

  /** Number of the row, or of the nearest row above it that is still there; -1 where nothing of it is left. */
  find(name: RowName): number {
    this.lay();
    const group = this.findGroup(name.group);
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
    this.expansion.clear();
    const close = (group: Group): void => {
      this.expansion.set(group.key, opensByDefault(group), false);
      group.children.forEach(close);
    };
    this.root.children.forEach(close);
    this.changed();
  }

  /** Opens what stands above a document or a part, and the row itself. Returns it; -1 where it is unknown or filtered out. */
  reveal(id: string): number {
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

  private get root(): Group {
    return this.grouping.root;
  }

  private regrouped(): Grouping {
    this.changed();
    const { labels, exclusive, filter } = this;
    return new Grouping(this.table, { by: this.groupBy, sort: this.sortBy, labels, exclusive, filter });
  }

  private changed(): void {
    this.laidOut = false;
    this.inner.clear();
  }

  private isGroupOpen(group: Group): boolean {
    return this.expansion.isOpen(group.key, opensByDefault(group));
  }

  private findGroup(key: string): Group | null {
    const visit = (group: Group): Group | null => {
      if (group.key === key) return group;
      if (group.key !== '' && !key.startsWith(group.key)) return null;
      for (const child of group.visible) {
        const found = visit(child);
        if (found !== null) return found;
      }
      return null;
    };
    return visit(this.root);
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

  private openSlots(group: Group): ReadonlySet<number> | null {
    const ids = this.expansion.openDocuments(group.key);
    return ids === undefined ? null : new Set([...ids].flatMap((id) => this.table.slotOf(id) ?? []));
  }

  private lay(): void {
    if (this.laidOut) return;
    this.laidOut = true;
    this.layout.clear();
    const lay = (group: Group, hasRow: boolean): void => {
      const number = this.layout.beginGroup(group, hasRow);
      if (hasRow && !this.isGroupOpen(group)) return;
      for (const child of group.visible) lay(child, true);
      const open = this.openSlots(group);
      for (const [order, slot] of group.shown.entries()) {
        this.layout.push(number, slot, -1, order);
        if (open?.has(slot) !== true) continue;
        for (let inner = 0; inner < this.innerOf(slot).length; inner++) this.layout.push(number, slot, inner, order);
      }
    };
    lay(this.root, false);
  }
}
