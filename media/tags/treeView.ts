// The tree on the page: draws the rows that can be seen, and keeps what the user reads where it is.
import type { RowName, TagTree } from '../../src/core/tree/tagTree';
import type { Row, TreeLabel } from '../../src/core/tree/treeTypes';
import { spokenRow } from '../../src/core/tree/words';
import { rowTarget } from '../../src/core/tree/rowTarget';
import { safeText } from '../../src/core/tree/safeText';
import { element } from './dom';
import { roomForButtons } from './rowButtons';
import { rowContent } from './rowContent';
import { Selection } from './selection';
import { fitTagLists } from './tagList';

/** Height of a row in CSS pixels, as in the editor's own trees (tags.css has the same number). */
export const rowHeight = 22;
/** Rows drawn above and below what can be seen, so that a wheel tick shows no gap. */
const overscan = 8;

interface DrawnRow {
  readonly element: HTMLElement;
  /** What it was drawn from; drawn again only when that differs. */
  drawn: string;
  index: number;
}

export class TreeView {
  /** Takes the keyboard focus: the page's one tab stop. The active row is told through aria-activedescendant. */
  readonly list = element('div', 'rows');
  /** Not a tab stop, though it scrolls. */
  readonly scroller = element('div', 'scroller', this.list);
  readonly selection: Selection;
  labels: readonly TreeLabel[] = [];
  /** Called after each drawing with the rows that are drawn. */
  onDrawn: (rows: readonly Row[]) => void = () => undefined;
  private readonly rows = new Map<string, DrawnRow>();
  private activeRow = -1;
  private nextId = 0;

  constructor(private readonly tree: TagTree) {
    this.selection = new Selection(tree);
    this.list.tabIndex = 0;
    this.list.setAttribute('role', 'tree');
    this.list.setAttribute('aria-label', 'Tags');
    this.list.setAttribute('aria-multiselectable', 'true');
    this.scroller.tabIndex = -1;
    this.scroller.addEventListener('scroll', () => {
      this.draw();
    });
    // Also when it is shown, or the filter box takes some of its room.
    new ResizeObserver(() => {
      this.draw();
      fitTagLists([...this.rows.values()].map((row) => row.element));
    }).observe(this.scroller);
  }

  /** Number of the active row; -1 while there are no rows. */
  get active(): number {
    return this.activeRow;
  }

  get hasFocus(): boolean {
    return document.activeElement === this.list;
  }

  /** Rows that fit into the view; at least 1. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.scroller.clientHeight / rowHeight) - 1);
  }

  /** Makes a row the active one and scrolls as little as needed to show it. */
  activate(index: number): void {
    this.activeRow = clamp(index, this.tree.length);
    this.scrollTo(this.activeRow);
    this.draw();
  }

  /** Takes the keyboard. Without preventScroll the browser would scroll to the top of the list, tall as all its rows. */
  focus(): void {
    this.list.focus({ preventScroll: true });
  }

  /** Makes a row active and shows it with the rows below it, near the top of the view. */
  reveal(index: number): void {
    this.activeRow = clamp(index, this.tree.length);
    this.size();
    const top = this.activeRow * rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop || top + rowHeight * 6 > scrollTop + clientHeight) {
      this.scroller.scrollTop = Math.max(0, top - rowHeight);
    }
    this.draw();
  }

  /** As `activate`, but scrolls nowhere. */
  restoreActive(index: number): void {
    this.activeRow = clamp(index, this.tree.length);
    this.draw();
  }

  /** The row under an event's target, or -1. */
  rowAt(target: EventTarget | null): number {
    const found = target instanceof Element ? target.closest('[role="treeitem"]') : null;
    if (found === null) return -1;
    for (const row of this.rows.values()) if (row.element === found) return row.index;
    return -1;
  }

  elementOf(index: number): HTMLElement | null {
    for (const row of this.rows.values()) if (row.index === index) return row.element;
    return null;
  }

  /** What stands at the top of the view, to find it again later; null at the very top. */
  topRow(): { readonly name: RowName; readonly offset: number } | null {
    const top = Math.floor(this.scroller.scrollTop / rowHeight);
    const name = this.scroller.scrollTop <= 0 ? null : this.tree.nameOf(top);
    return name === null ? null : { name, offset: this.scroller.scrollTop - top * rowHeight };
  }

  /** Scrolls so that a row found with `topRow` is at the top again; false while it is not there. */
  restoreTop(top: { readonly name: RowName; readonly offset: number }): boolean {
    const index = this.tree.find(top.name);
    if (index === -1 || !sameName(this.tree.nameOf(index), top.name)) return false;
    this.size();
    this.scroller.scrollTop = index * rowHeight + top.offset;
    return true;
  }

  /** Changes the tree; afterwards the active row is the same, and what the user reads has not moved. */
  change(act: () => void): void {
    const active = this.tree.nameOf(this.activeRow);
    const held = this.heldRow();
    act();
    const count = this.tree.length;
    if (active !== null) {
      const found = this.tree.find(active);
      this.activeRow = found === -1 ? clamp(this.activeRow, count) : found;
    }
    if (this.activeRow === -1 && count > 0) this.activeRow = 0;
    this.activeRow = Math.min(this.activeRow, count - 1);
    this.size();
    if (held !== null) {
      const index = this.tree.find(held.name);
      if (index !== -1) this.scroller.scrollTop = Math.max(0, index * rowHeight - held.top);
    }
    this.draw();
  }

  /** Draws what can be seen. Cheap where nothing changed. */
  draw(): void {
    const count = this.tree.length;
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / rowHeight) - overscan);
    const visible = Math.ceil(this.scroller.clientHeight / rowHeight) + 2 * overscan;
    const last = Math.min(count, first + visible);
    const indexes = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
    // The active row stays in the page even when scrolled away, or the keyboard focus would have no row.
    if (this.activeRow !== -1 && (this.activeRow < first || this.activeRow >= last)) indexes.push(this.activeRow);
    indexes.sort((a, b) => a - b);
    const rows = indexes.map((index) => this.tree.row(index));
    const keys = new Set(rows.map((row) => row.key));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    let before: Element | null = null;
    const changed: HTMLElement[] = [];
    rows.forEach((row, at) => {
      const drawn = this.drawRow(row, indexes[at] ?? 0, changed);
      const next: Element | null = before === null ? this.list.firstElementChild : before.nextElementSibling;
      if (next !== drawn.element) this.list.insertBefore(drawn.element, next);
      before = drawn.element;
    });
    fitTagLists(changed);
    this.markActive();
    this.onDrawn(rows);
  }

  /** Adds the element to `changed` where its content was made anew. */
  private drawRow(row: Row, index: number, changed: HTMLElement[]): DrawnRow {
    let drawn = this.rows.get(row.key);
    if (drawn === undefined) {
      const made = element('div', 'row');
      made.id = `row-${this.nextId++}`;
      made.setAttribute('role', 'treeitem');
      drawn = { element: made, drawn: '', index: -1 };
      this.rows.set(row.key, drawn);
    }
    if (drawn.index !== index) {
      drawn.index = index;
      drawn.element.style.setProperty('top', `${index * rowHeight}px`);
    }
    const content = JSON.stringify(row);
    if (drawn.drawn !== content) {
      drawn.drawn = content;
      describe(drawn.element, row, this.labels);
      roomForButtons(drawn.element, row);
      drawn.element.replaceChildren(...rowContent(row, this.labels));
      changed.push(drawn.element);
    }
    return drawn;
  }

  /** Labels say other things in the same rows. */
  redraw(): void {
    for (const row of this.rows.values()) row.drawn = '';
  }

  /** The row that must not move: the active one while the user works in the tree, else the top one; null at the top. */
  private heldRow(): { readonly name: RowName; readonly top: number } | null {
    const { scrollTop, clientHeight } = this.scroller;
    const activeTop = this.activeRow * rowHeight - scrollTop;
    const activeSeen = this.activeRow !== -1 && activeTop >= 0 && activeTop < clientHeight;
    const index = this.hasFocus && activeSeen ? this.activeRow : scrollTop <= 0 ? -1 : Math.ceil(scrollTop / rowHeight);
    const name = this.tree.nameOf(index);
    return name === null ? null : { name, top: index * rowHeight - scrollTop };
  }

  private size(): void {
    this.list.style.setProperty('height', `${this.tree.length * rowHeight}px`);
  }

  private scrollTo(index: number): void {
    if (index === -1) return;
    this.size();
    const { scrollTop, clientHeight } = this.scroller;
    const top = index * rowHeight;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) this.scroller.scrollTop = top + rowHeight - clientHeight;
  }

  private markActive(): void {
    const alone = this.selection.isEmpty;
    this.list.classList.toggle('several', !alone);
    for (const [key, row] of this.rows) {
      const isActive = row.index === this.activeRow;
      row.element.classList.toggle('active', isActive);
      row.element.classList.toggle('selected', this.selection.has(key));
      row.element.setAttribute('aria-selected', String(alone ? isActive : this.selection.has(key)));
      if (isActive) this.list.setAttribute('aria-activedescendant', row.element.id);
    }
    if (this.activeRow === -1) this.list.removeAttribute('aria-activedescendant');
  }
}

function describe(target: HTMLElement, row: Row, labels: readonly TreeLabel[]): void {
  target.className = `row row-${row.kind}`;
  target.setAttribute('aria-level', String(row.level));
  target.setAttribute('aria-posinset', String(row.position));
  target.setAttribute('aria-setsize', String(row.siblings));
  if (row.open === null) target.removeAttribute('aria-expanded');
  else target.setAttribute('aria-expanded', String(row.open));
  target.setAttribute('aria-label', safeText(spokenRow(row, labels), 600));
  target.setAttribute('data-vscode-context', menuContext(row));
}

/** What `webview/context` menus of the manifest see of the row, and pass to their commands. */
function menuContext(row: Row): string {
  return JSON.stringify({ preventDefaultContextMenuItems: true, ...rowTarget(row) });
}

function clamp(index: number, count: number): number {
  return Math.max(Math.min(index, count - 1), count === 0 ? -1 : 0);
}

function sameName(a: RowName | null, b: RowName): boolean {
  return a !== null && a.group === b.group && a.document === b.document && a.inner === b.inner;
}
