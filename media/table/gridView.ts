// The grid on the page: draws the rows and columns that can be seen, moves the active cell, sorts by a column.
import { safeText } from '../../src/core/tree/safeText';
import { scoreText, scoreWords } from '../../src/core/scoreText';
import type { ScoreTable, TableOrder } from '../../src/core/tree/scoreTable';
import type { TreeDocument } from '../../src/core/tree/treeTypes';
import { decisionOf } from '../../src/core/tree/decisions';
import { decisionText, nameParts } from '../../src/core/tree/words';
import { markIcons } from '../tags/stateMarks';
import { cutInMiddle, element, foreign, icon } from '../tags/dom';
import { gridMove } from './gridKeys';

/** CSS pixels, as in table.css. */
const rowHeight = 22;
const headHeight = 56;
const columnWidth = 100;
/** The names take less where there is little room, so that scores stay to be seen beside them. */
const widestName = 240;
const nameShare = 0.45;
/** With less room than this a name stands without its folder. */
const pathWidth = 160;
/** Drawn beyond what can be seen, so that a wheel tick shows no gap. */
const overscan = 4;

/** Row -1 is the head; column -1 the names. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export class GridView {
  readonly grid = element('div', 'grid');
  readonly scroller = element('div', 'grid-scroller', this.grid);
  onOpen: (id: string, label: number | null, toSide: boolean) => void = () => undefined;
  onCopy: () => void = () => undefined;
  /** Called after each drawing with the ids of the rows that are drawn. */
  onDrawn: (ids: readonly string[]) => void = () => undefined;
  private active: Cell = { row: 0, column: -1 };
  private nameWidth = widestName;
  private readonly scores = new Map<string, readonly number[]>();

  constructor(private readonly table: ScoreTable) {
    this.grid.tabIndex = 0;
    this.grid.setAttribute('role', 'grid');
    this.grid.setAttribute('aria-label', 'Documents by labels');
    this.scroller.tabIndex = -1;
    this.scroller.addEventListener('scroll', () => {
      this.draw();
    });
    new ResizeObserver(() => {
      this.draw();
    }).observe(this.scroller);
    this.grid.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    this.grid.addEventListener('click', (event) => {
      this.onClick(event);
    });
  }

  focus(): void {
    this.grid.focus({ preventScroll: true });
  }

  /** Scores of all labels, in their order. */
  setScores(id: string, scores: readonly number[]): void {
    this.scores.set(id, scores);
  }

  forgetScores(): void {
    this.scores.clear();
  }

  draw(): void {
    const { length, labels } = this.table;
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.scroller;
    // Rows that are still to come are no reason to leave them for the head.
    const lastRow = Math.max(0, length - 1);
    this.active = { row: Math.min(this.active.row, lastRow), column: Math.min(this.active.column, labels.length - 1) };
    this.nameWidth = Math.round(Math.min(widestName, clientWidth * nameShare));
    const { nameWidth } = this;
    this.grid.style.setProperty('--name-width', `${nameWidth}px`);
    const rows = seen(scrollTop, clientHeight - headHeight, rowHeight, length, this.active.row);
    const columns = seen(scrollLeft, clientWidth - nameWidth, columnWidth, labels.length, this.active.column);
    this.grid.style.setProperty('height', `${headHeight + length * rowHeight}px`);
    this.grid.style.setProperty('width', `${nameWidth + labels.length * columnWidth}px`);
    this.grid.setAttribute('aria-rowcount', String(length + 1));
    this.grid.setAttribute('aria-colcount', String(labels.length + 1));
    const documents = rows.map((row) => this.table.row(row));
    const drawn = documents.map((document, at) => this.documentRow(document, rows[at] ?? 0, columns));
    this.grid.replaceChildren(this.headRow(columns), ...drawn);
    this.grid.setAttribute('aria-activedescendant', cellId(this.active));
    this.onDrawn(documents.filter(({ skipped }) => skipped === undefined).map(({ id }) => id));
  }

  private headRow(columns: readonly number[]): HTMLElement {
    const cells = columns.map((column) => {
      const label = this.table.labels[column];
      const path = label?.path ?? [];
      const parent = foreign(path.slice(0, -1).join('.'), 'column-parent muted ellipsis');
      const cell = element('div', 'cell column', parent, foreign(path.at(-1) ?? '', 'column-name'));
      cell.title = safeText(label?.name ?? '', 1000);
      return this.placed(cell, { row: -1, column }, 'columnheader', label?.name ?? '', column);
    });
    const name = element('div', 'cell name-cell', element('span', 'ellipsis', 'Document'));
    const row = element(
      'div',
      'grid-row head',
      this.placed(name, { row: -1, column: -1 }, 'columnheader', 'Document', 'name'),
      ...cells,
    );
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', '1');
    return row;
  }

  private documentRow(document: TreeDocument, index: number, columns: readonly number[]): HTMLElement {
    const scores = this.scores.get(document.id);
    const tags = new Map(document.tags.map(({ label, score }) => [label, score]));
    const { title } = document;
    const file = nameParts(document).name;
    const shown = this.nameWidth < pathWidth ? foreign(file, 'name ellipsis') : cutInMiddle(title, 'name', 16);
    const name = element('div', 'cell name-cell', shown);
    if (document.stale) name.append(icon('history'));
    if (document.skipped !== undefined) name.append(icon('debug-step-over'));
    const state = [document.title, document.stale ? 'stale' : '', document.skipped ?? ''].filter((part) => part !== '');
    name.title = safeText(state.join(', '), 1000);
    const cells = columns.map((column) => {
      const tag = tags.get(column);
      const decision = decisionOf(document, column) ?? {};
      const isRejected = decision.decided === 'rejected';
      const score = tag ?? document.rejected?.find(({ label }) => label === column)?.score ?? scores?.[column];
      const cell = element('div', tag === undefined ? 'cell score-cell muted' : 'cell score-cell tag-cell');
      if (score !== undefined)
        cell.append(...markIcons(decision), element('span', isRejected ? 'struck' : '', scoreText(score)));
      if (tag !== undefined) cell.style.setProperty('--score', tag.toFixed(3));
      const state = decisionText(decision);
      const what = isRejected ? '' : tag === undefined ? 'no tag' : 'tag';
      const said = score === undefined ? [] : [scoreWords(score), what, state].filter((part) => part !== '');
      const words = said.join(', ');
      if (state !== '') cell.title = state;
      return this.placed(cell, { row: index, column }, 'gridcell', words);
    });
    const row = element(
      'div',
      'grid-row',
      this.placed(name, { row: index, column: -1 }, 'rowheader', state.join(', ')),
      ...cells,
    );
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', String(index + 2));
    row.style.setProperty('top', `${headHeight + index * rowHeight}px`);
    return row;
  }

  /** `order`: the head's cell sorts by it. */
  private placed(cell: HTMLElement, at: Cell, role: string, words: string, order?: TableOrder): HTMLElement {
    cell.id = cellId(at);
    cell.setAttribute('role', role);
    cell.setAttribute('aria-colindex', String(at.column + 2));
    if (words !== '') cell.setAttribute('aria-label', safeText(words, 600));
    if (at.column >= 0) cell.style.setProperty('left', `${this.nameWidth + at.column * columnWidth}px`);
    const isActive = at.row === this.active.row && at.column === this.active.column;
    if (isActive) cell.classList.add('active');
    if (role !== 'columnheader') cell.setAttribute('aria-selected', String(isActive));
    if (order !== undefined && order === this.table.order) {
      cell.setAttribute('aria-sort', order === 'name' ? 'ascending' : 'descending');
      cell.append(icon(order === 'name' ? 'arrow-up' : 'arrow-down'));
    }
    return cell;
  }

  private onKey(event: KeyboardEvent): void {
    const isCopy = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c';
    if (isCopy && document.getSelection()?.isCollapsed !== false) {
      event.preventDefault();
      this.onCopy();
      return;
    }
    if (event.key === 'Enter') this.enter(event.ctrlKey || event.metaKey);
    else {
      const page = Math.max(1, Math.floor((this.scroller.clientHeight - headHeight) / rowHeight) - 1);
      const moved = gridMove(event, this.active, this.table.length, this.table.labels.length, page);
      if (!moved) return;
      this.activate(moved);
    }
    event.preventDefault();
  }

  private onClick(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest('.cell') : null;
    const at = cell ? cellOf(cell.id) : null;
    if (!at) return;
    this.activate(at);
    // One click sorts; a document is opened by two, since a click is also how a cell is marked.
    if (at.row === -1 || event.detail === 2) this.enter(event.ctrlKey || event.metaKey || event.altKey);
  }

  /** In the head: sorts by the column, a second time as before. Elsewhere: opens the document at the label's evidence. */
  private enter(toSide: boolean): void {
    const { row, column } = this.active;
    if (row === -1) {
      const order = column === -1 ? 'name' : column;
      this.table.setOrder(this.table.order === order ? 'newest' : order);
      this.draw();
    } else if (row < this.table.length) this.onOpen(this.table.row(row).id, column === -1 ? null : column, toSide);
  }

  private activate(cell: Cell): void {
    this.active = cell;
    const { scroller } = this;
    if (cell.row >= 0)
      scroller.scrollTop = kept(
        scroller.scrollTop,
        cell.row * rowHeight,
        rowHeight,
        scroller.clientHeight - headHeight,
      );
    if (cell.column >= 0)
      scroller.scrollLeft = kept(
        scroller.scrollLeft,
        cell.column * columnWidth,
        columnWidth,
        scroller.clientWidth - this.nameWidth,
      );
    this.draw();
  }
}

/** Numbers of what can be seen, and the active one, which has to stay for screen readers. */
function seen(scrolled: number, room: number, size: number, count: number, active: number): number[] {
  const first = Math.max(0, Math.floor(scrolled / size) - overscan);
  const last = Math.min(count, first + Math.ceil(Math.max(0, room) / size) + 2 * overscan);
  const numbers = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  if (active >= 0 && active < count && !numbers.includes(active)) numbers.push(active);
  return numbers.sort((a, b) => a - b);
}

/** The scroll position nearest to the one there is at which [start, start + size) is seen. */
function kept(scrolled: number, start: number, size: number, room: number): number {
  return Math.min(start, Math.max(scrolled, start + size - room));
}

function cellId({ row, column }: Cell): string {
  return `cell_${row}_${column}`;
}

function cellOf(id: string): Cell | null {
  const [, row, column] = /^cell_(-?\d+)_(-?\d+)$/u.exec(id) ?? [];
  return row === undefined || column === undefined ? null : { row: Number(row), column: Number(column) };
}
