// A plain table that can be scrolled by keyboard where it is wider than the page.
import { wholeNumber } from '../../src/core/countText';
import { element, foreign } from '../tags/dom';

/** `text` comes from files and settings; `figure` stands to the right, one below the other. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figure'; readonly text: string }
  | { readonly kind: 'element'; readonly element: HTMLElement };

export interface Table {
  readonly columns: readonly string[];
  /** The first cell of each row is its head. */
  readonly rows: readonly (readonly Cell[])[];
}

export const text = (value: string): Cell => ({ kind: 'text', text: value });

/** In the place of a label where none was meant, or given. */
export const noLabel = '(none)';

/** `.813`: three digits, as the command line prints them; a dash where there is nothing to say. */
export function figureText(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

export const figure = (value: number | null): Cell => ({ kind: 'figure', text: figureText(value) });
export const count = (value: number): Cell => ({ kind: 'figure', text: wholeNumber(value) });

/** `name`: what a screen reader calls it; it is not shown, since a heading says it already. */
export function dataTable(name: string, { columns, rows }: Table): HTMLElement {
  const head = element('tr', '', ...columns.map((column, at) => headCell(column, rows[0]?.[at]?.kind === 'figure')));
  const body = rows.map((cells) => element('tr', '', ...cells.map(bodyCell)));
  const caption = element('caption', 'visually-hidden', name);
  const table = element('table', '', caption, element('thead', '', head), element('tbody', '', ...body));
  const region = element('div', 'table-scroller', table);
  region.tabIndex = 0;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', name);
  if (rows.length === 0) region.append(element('p', 'muted', 'Nothing to show.'));
  return region;
}

function headCell(name: string, isFigure: boolean): HTMLElement {
  const cell = element('th', isFigure ? 'figure' : '', name);
  cell.scope = 'col';
  return cell;
}

function bodyCell(cell: Cell, at: number): HTMLElement {
  const content = cell.kind === 'element' ? cell.element : foreign(cell.text);
  const made = element(at === 0 ? 'th' : 'td', cell.kind === 'figure' ? 'figure' : '', content);
  if (made instanceof HTMLTableCellElement && at === 0) made.scope = 'row';
  return made;
}
