// The figures of each label, to be sorted, and to be picked from.
import type { LabelMetrics } from '../../src/core/evaluation/metrics';
import { button, element } from '../tags/dom';
import { safeText } from '../../src/core/tree/safeText';
import { count, dataTable, figure } from './dataTable';
import { labelled } from './labelled';

export interface LabelRow extends LabelMetrics {
  readonly number: number;
  readonly averagePrecision: number | null;
}

type Order = 'name' | 'f1' | 'support';

const orders: readonly (readonly [Order, string])[] = [
  ['name', 'name'],
  ['f1', 'F1, worst first'],
  ['support', 'rows, most first'],
];

export class LabelTable {
  readonly element = element('section', 'labels', element('h2', '', 'Labels'));
  onPick: (label: number) => void = () => undefined;
  private readonly select = element('select');
  private readonly body = element('div');
  private rows: readonly LabelRow[] = [];

  constructor() {
    this.select.id = 'order';
    this.select.append(...orders.map(([value, name]) => new Option(name, value)));
    this.select.addEventListener('change', () => {
      this.draw();
    });
    this.element.append(labelled('Sort by', this.select), this.body);
  }

  show(rows: readonly LabelRow[]): void {
    this.rows = rows;
    this.draw();
  }

  private draw(): void {
    const order = this.select.value as Order;
    const sorted = [...this.rows].sort((a, b) => {
      if (order === 'f1') return f1Of(a) - f1Of(b);
      return order === 'support' ? b.support - a.support : 0;
    });
    const columns = ['Label', 'Precision', 'Recall', 'F1', 'Avg. precision', 'Rows', 'Given'];
    const rows = sorted.map((row) => {
      const name = button(safeText(row.label, 300), 'link', () => {
        this.onPick(row.number);
      });
      name.title = 'Show the curves and mistakes of this label';
      name.dir = 'auto';
      return [
        { kind: 'element' as const, element: name },
        // A share of nothing is none: scikit-learn's 0 would look like a fault of the label.
        figure(row.predicted === 0 ? null : row.precision),
        figure(row.support === 0 ? null : row.recall),
        figure(row.support + row.predicted === 0 ? null : row.f1),
        figure(row.averagePrecision),
        count(row.support),
        count(row.predicted),
      ];
    });
    // The table is made anew with each move of the slider, which must not take the focus away.
    const focused = [...this.body.querySelectorAll('button')].findIndex((one) => one === document.activeElement);
    const left = this.body.firstElementChild?.scrollLeft ?? 0;
    const made = dataTable('Labels', { columns, rows });
    this.body.replaceChildren(made);
    made.scrollLeft = left;
    if (focused >= 0) this.body.querySelectorAll('button')[focused]?.focus({ preventScroll: true });
  }
}

/** Labels with nothing to judge come last. */
function f1Of({ support, predicted, f1 }: LabelRow): number {
  return support + predicted === 0 ? 2 : f1;
}
