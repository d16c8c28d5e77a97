// The visible rows as flat numbers: 100,000 rows cost a few array writes each, and a row becomes an object only when drawn.
import type { Group } from './groups';

/** What stands in a row. `slot` is -1 in a group's row; `inner` is -1 but in the rows under an opened document. */
export interface Place {
  readonly group: Group;
  readonly slot: number;
  readonly inner: number;
  /** 0-based place of the document among the documents of its group; -1 in a group's row. */
  readonly order: number;
}

const fields = 4;

export class Layout {
  private cells = new Int32Array(fields * 64);
  private count = 0;
  private readonly groups: Group[] = [];

  get length(): number {
    return this.count;
  }

  clear(): void {
    for (const group of this.groups) group.row = -1;
    this.groups.length = 0;
    this.count = 0;
  }

  /** Begins a group: the rows pushed with the number it returns belong to it. `hasRow` is false for the root. */
  beginGroup(group: Group, hasRow: boolean): number {
    this.groups.push(group);
    const index = this.groups.length - 1;
    if (hasRow) {
      group.row = this.count;
      this.push(index, -1, -1, -1);
    }
    return index;
  }

  push(group: number, slot: number, inner: number, order: number): void {
    const at = this.count * fields;
    if (at + fields > this.cells.length) {
      const larger = new Int32Array(this.cells.length * 2);
      larger.set(this.cells);
      this.cells = larger;
    }
    this.cells[at] = group;
    this.cells[at + 1] = slot;
    this.cells[at + 2] = inner;
    this.cells[at + 3] = order;
    this.count++;
  }

  /** What stands in row `index`, or undefined outside the rows. */
  at(index: number): Place | undefined {
    if (index < 0 || index >= this.count) return undefined;
    const at = index * fields;
    const group = this.groups[this.cells[at] ?? -1];
    if (group === undefined) return undefined;
    const [slot = -1, inner = -1, order = -1] = this.cells.subarray(at + 1, at + fields);
    return { group, slot, inner, order };
  }

  /** Row of a document in a group, or -1. Reads numbers only. */
  find(group: Group, slot: number): number {
    const index = this.groups.indexOf(group);
    if (index === -1) return -1;
    for (let row = Math.max(0, group.row); row < this.count; row++) {
      const at = row * fields;
      if (this.cells[at] === index && this.cells[at + 1] === slot && this.cells[at + 2] === -1) return row;
    }
    return -1;
  }
}

export interface Opened {
  isOpen(group: Group): boolean;
  /** Open documents of a group; undefined where there are none. */
  openSlots(group: Group): ReadonlySet<number> | undefined;
  /** Number of rows under an open document. */
  rowsUnder(slot: number): number;
}

/** Fills a layout with the rows of a group and below it; the group itself, the root, has none. */
export function layGroups(layout: Layout, root: Group, opened: Opened): void {
  const lay = (group: Group, hasRow: boolean): void => {
    const number = layout.beginGroup(group, hasRow);
    if (hasRow && !opened.isOpen(group)) return;
    for (const child of group.visible) lay(child, true);
    const open = opened.openSlots(group);
    for (const [order, slot] of group.shown.entries()) {
      layout.push(number, slot, -1, order);
      if (open?.has(slot) !== true) continue;
      for (let inner = 0; inner < opened.rowsUnder(slot); inner++) layout.push(number, slot, inner, order);
    }
  };
  lay(root, false);
}
