// The table page: takes the host's messages, the filter and the keys, and changes the table.
import { ScoreTable } from '../../src/core/tree/scoreTable';
import { counted } from '../../src/core/countText';
import { parseToView } from '../../src/shared/parseToView';
import type { FromView, ToView } from '../../src/shared/viewMessages';
import { button, element, show } from '../tags/dom';
import { FilterBar } from '../tags/filterBar';
import type { ViewHost } from '../tags/savedState';
import { GridView } from './gridView';

export class TablePage {
  private readonly table = new ScoreTable();
  private readonly grid = new GridView(this.table);
  private readonly filterBar: FilterBar;
  private readonly count = element('span', 'count muted');
  private readonly empty = element('p', 'empty muted');
  private readonly asked = new Set<string>();
  private frame = 0;

  constructor(
    body: HTMLElement,
    private readonly host: ViewHost,
  ) {
    this.filterBar = new FilterBar({
      changed: (text) => {
        this.table.setFilter(text);
        this.drawSoon();
      },
      left: () => {
        this.grid.focus();
      },
      closed: () => {
        this.filterBar.open(false);
        this.grid.focus();
      },
    });
    this.filterBar.open(false);
    const copy = button('Copy Table', 'action', () => {
      this.copy();
    });
    this.count.setAttribute('role', 'status');
    const head = element('div', 'table-head', this.filterBar.element, this.count, copy);
    body.append(element('main', 'table-page', head, this.empty, this.grid.scroller));
    this.grid.onOpen = (id, label, toSide) => {
      this.post({ type: 'open', id, label, toSide });
    };
    this.grid.onCopy = () => {
      this.copy();
    };
    this.grid.onDrawn = (ids) => {
      for (const id of ids) this.askFor(id);
    };
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.receive(event.data);
    });
    body.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f')
        return;
      event.preventDefault();
      this.filterBar.open(true);
    });
    window.addEventListener('focus', () => {
      if (document.activeElement === null || document.activeElement === document.body) this.grid.focus();
    });
    this.draw();
    this.post({ type: 'ready', group: 'file', sort: 'default' });
  }

  receive(value: unknown): void {
    const message = parseToView(value);
    if (message === null) console.warn('GLiTag: a message that the table does not understand was left out.');
    else this.handle(message);
  }

  /** What is about the tree alone means nothing here. */
  private handle(message: ToView): void {
    switch (message.type) {
      case 'state':
        // It also comes where only a note or the model's name is another.
        if (JSON.stringify(message.labels) === JSON.stringify(this.table.labels)) return;
        this.asked.clear();
        this.grid.forgetScores();
        this.table.setLabels(message.labels);
        this.filterBar.setLabels(message.labels.map(({ name }) => name));
        break;
      case 'documents':
        if (message.reset) this.asked.clear();
        for (const { id } of message.documents) this.asked.delete(id);
        this.table.putDocuments(message.documents, message.reset);
        break;
      case 'removed':
        this.table.removeDocuments(message.ids);
        break;
      case 'details':
        this.grid.setScores(
          message.id,
          message.scores.map(({ score }) => score),
        );
        break;
      default:
        return;
    }
    this.drawSoon();
  }

  /** All scores of a document are wanted once it is seen; of its tags they are known. */
  private askFor(id: string): void {
    if (this.asked.has(id)) return;
    this.asked.add(id);
    this.post({ type: 'expand', id });
  }

  private copy(): void {
    this.post({ type: 'copyTable', ids: this.table.ids() });
  }

  /** A run brings documents by the dozen: drawn no more often than the screen is. */
  private drawSoon(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.draw();
    });
  }

  private draw(): void {
    this.frame = 0;
    const { length, size } = this.table;
    show(this.empty, length === 0);
    show(this.grid.scroller, length > 0);
    this.empty.textContent = size === 0 ? 'Nothing is tagged yet.' : 'No document matches the filter.';
    this.filterBar.setMatches(length, size);
    this.count.textContent = `${counted(size, 'row')} · ${counted(this.table.labels.length, 'label')}`;
    this.grid.draw();
  }

  private post(message: FromView): void {
    this.host.postMessage(message);
  }
}
