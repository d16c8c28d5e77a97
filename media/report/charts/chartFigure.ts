// A chart with its name, its legend, and the same as a table for whoever does not see it or wants the numbers.
import { dataTable } from '../dataTable';
import type { Table } from '../dataTable';
import { element } from '../../tags/dom';
import { chartHeight } from './axes';
import { svg } from './svg';

export interface ChartContent {
  /** What the chart shows, in a sentence, for a screen reader. */
  readonly summary: string;
  /** Empty where one line needs no legend. */
  readonly legend: readonly string[];
  /** Elements for a width in CSS pixels. */
  readonly draw: (width: number) => {
    readonly elements: SVGElement[];
    readonly width?: number;
    readonly height?: number;
  };
  readonly table: () => Table;
  /** A remark below, where something has to be known to read it. */
  readonly note?: string;
}

/** Before the page has a layout. */
const firstWidth = 360;

export class ChartFigure {
  readonly element = element('figure', 'chart');
  private readonly drawing = element('div', 'drawing');
  private readonly legend = element('ul', 'legend');
  private readonly note = element('p', 'muted note');
  private readonly details = element('details', 'as-table', element('summary', '', 'As a table'));
  private content: ChartContent | null = null;
  private width = 0;

  /** `kind` bar: the legend shows boxes instead of lines. */
  constructor(
    private readonly title: string,
    private readonly kind: 'line' | 'bar' = 'line',
  ) {
    this.drawing.setAttribute('role', 'group');
    this.drawing.setAttribute('aria-label', title);
    this.element.append(element('figcaption', '', title), this.drawing, this.legend, this.note, this.details);
    this.details.addEventListener('toggle', () => {
      this.fillTable();
    });
    new ResizeObserver(() => {
      if (this.drawing.clientWidth !== this.width) this.draw();
    }).observe(this.drawing);
  }

  show(content: ChartContent): void {
    this.content = content;
    this.legend.replaceChildren(...content.legend.map((name, at) => this.legendItem(name, at + 1)));
    this.legend.hidden = content.legend.length === 0;
    this.note.textContent = content.note ?? '';
    this.note.hidden = content.note === undefined;
    this.draw();
    this.fillTable();
  }

  private draw(): void {
    if (!this.content) return;
    this.width = this.drawing.clientWidth;
    const room = this.width || firstWidth;
    const { elements, width = room, height = chartHeight } = this.content.draw(room);
    const attributes = {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': this.content.summary,
    };
    this.drawing.replaceChildren(svg('svg', attributes, ...elements));
    // What needs no scrolling needs no stop of the Tab key either.
    if (width > room) this.drawing.tabIndex = 0;
    else this.drawing.removeAttribute('tabindex');
  }

  private fillTable(): void {
    const [summary] = this.details.children;
    const table = this.details.open && this.content ? [dataTable(this.title, this.content.table())] : [];
    this.details.replaceChildren(...(summary ? [summary] : []), ...table);
  }

  private legendItem(name: string, number: number): HTMLElement {
    const mark =
      this.kind === 'bar'
        ? svg('rect', { class: `bar series-${number}`, x: 1, y: 1, width: 22, height: 8 })
        : svg('path', { class: `line series-${number}`, d: 'M0 5H24' });
    const sample = svg('svg', { width: 24, height: 10, 'aria-hidden': 'true' }, mark);
    return element('li', '', sample, name);
  }
}
