// The confusion matrix as a drawing: meant downwards, given to the right, darker where it happened to more of the label's rows.
import { safeText, splitForCut } from '../../../src/core/tree/safeText';
import { noLabel } from '../dataTable';
import { svg } from './svg';

export interface NamedCell {
  /** Null: nothing was meant, or given. */
  readonly meant: string | null;
  readonly given: string | null;
  readonly rows: number;
}

/** CSS pixels. */
const cellSize = 24;
const nameRoom = 132;
/** Of more labels only those that are confused most are drawn: the table has all. */
export const drawnLabels = 24;

/** Labels that the drawing shows, in their own order. */
export function labelsToDraw(cells: readonly NamedCell[], labels: readonly string[]): string[] {
  const wrong = new Map<string, number>();
  for (const { meant, given, rows } of cells) {
    if (meant === given) continue;
    for (const label of [meant, given]) if (label !== null) wrong.set(label, (wrong.get(label) ?? 0) + rows);
  }
  const most = [...labels].sort((a, b) => (wrong.get(b) ?? 0) - (wrong.get(a) ?? 0)).slice(0, drawnLabels);
  return labels.filter((label) => most.includes(label));
}

/** The drawing's elements and its size. */
export function confusionChart(
  cells: readonly NamedCell[],
  labels: readonly string[],
): { readonly elements: SVGElement[]; readonly width: number; readonly height: number } {
  const names = [...labels, noLabel];
  const numbers = new Map(names.map((name, at) => [name, at]));
  const totals = new Map<string, number>();
  for (const { meant, rows } of cells) totals.set(meant ?? noLabel, (totals.get(meant ?? noLabel) ?? 0) + rows);
  const size = names.length * cellSize;
  const at = (number: number): number => nameRoom + number * cellSize;
  const elements: SVGElement[] = [
    svg('rect', { class: 'matrix', x: nameRoom, y: nameRoom, width: size, height: size }),
  ];
  names.forEach((name, number) => {
    const middle = at(number) + cellSize / 2;
    const row = svg(
      'text',
      { class: 'tick', x: nameRoom - 6, y: middle, dy: '.32em', 'text-anchor': 'end' },
      short(name),
    );
    const place = `translate(${middle} ${nameRoom - 6}) rotate(-90)`;
    const column = svg('text', { class: 'tick', x: 0, y: 0, dy: '.32em', transform: place }, short(name));
    for (const text of [row, column]) text.append(svg('title', {}, safeText(name)));
    elements.push(row, column);
    elements.push(
      svg('rect', { class: 'matrix-right', x: at(number), y: at(number), width: cellSize, height: cellSize }),
    );
  });
  for (const { meant, given, rows } of cells) {
    const row = numbers.get(meant ?? noLabel);
    const column = numbers.get(given ?? noLabel);
    if (row === undefined || column === undefined) continue;
    const share = rows / (totals.get(meant ?? noLabel) ?? 1);
    const box = { x: at(column), y: at(row), width: cellSize, height: cellSize };
    const text = svg(
      'text',
      { class: 'cell-count', x: box.x + cellSize / 2, y: box.y + cellSize / 2, dy: '.32em', 'text-anchor': 'middle' },
      rows > 999 ? `${Math.round(rows / 1000)}k` : String(rows),
    );
    const opacity = (0.12 + 0.4 * share).toFixed(3);
    elements.push(
      svg('rect', { class: meant === given ? 'cell-right' : 'cell-wrong', 'fill-opacity': opacity, ...box }),
      text,
    );
  }
  return { elements, width: nameRoom + size + 1, height: nameRoom + size + 1 };
}

/** Cut in the middle: labels of one parent differ at their ends. */
function short(name: string): string {
  const text = safeText(name);
  if (text.length <= 18) return text;
  const { head, tail } = splitForCut(text, 9);
  return tail === '' ? `${head.slice(0, 17)}…` : `${head.slice(0, 8)}…${tail}`;
}
