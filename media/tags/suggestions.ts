// The list under the filter box: what the word before the caret could become. A combobox as ARIA has it; the input keeps the focus.
import { Completer, type Completion } from '../../src/core/query/completions';
import { element, foreign, show } from './dom';

export class Suggestions {
  readonly element = element('ul', 'suggestions');
  private completer = new Completer([]);
  private items: readonly Completion[] = [];
  private from = 0;
  private chosen = -1;

  /** `taken`: the input's text was completed. */
  constructor(
    private readonly input: HTMLInputElement,
    private readonly taken: () => void,
  ) {
    this.element.id = 'suggestions';
    this.element.setAttribute('role', 'listbox');
    this.element.setAttribute('aria-label', 'Completions');
    this.element.hidden = true;
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.element.id);
    input.setAttribute('aria-expanded', 'false');
    // The input must not lose the focus to the list.
    this.element.addEventListener('mousedown', (event) => {
      event.preventDefault();
    });
    this.element.addEventListener('click', (event) => {
      const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null;
      if (item) this.take(Number(item.dataset['index']));
    });
  }

  setLabels(names: readonly string[]): void {
    this.completer = new Completer(names);
    this.hide();
  }

  /** Offers what fits the word before the caret. */
  update(): void {
    const { value, selectionStart } = this.input;
    const { from, items } = this.completer.complete(value, selectionStart ?? value.length);
    this.from = from;
    this.items = items;
    this.element.replaceChildren(
      ...items.map(({ name }, index) => {
        const item = element('li', 'suggestion', foreign(name));
        item.id = `suggestion-${index}`;
        item.setAttribute('role', 'option');
        item.dataset['index'] = String(index);
        return item;
      }),
    );
    this.choose(-1);
    show(this.element, items.length > 0);
    this.input.setAttribute('aria-expanded', String(items.length > 0));
  }

  hide(): void {
    this.items = [];
    this.choose(-1);
    show(this.element, false);
    this.input.setAttribute('aria-expanded', 'false');
  }

  /** Whether the key was for the list. Without a choice Tab takes the first, and Enter is not for the list. */
  onKey(event: KeyboardEvent): boolean {
    const { length } = this.items;
    if (length === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.choose((this.chosen + 1) % length);
        return true;
      case 'ArrowUp':
        this.choose(this.chosen <= 0 ? length - 1 : this.chosen - 1);
        return true;
      case 'Tab':
        this.take(Math.max(0, this.chosen));
        return true;
      case 'Enter':
        if (this.chosen === -1) return false;
        this.take(this.chosen);
        return true;
      case 'Escape':
        this.hide();
        return true;
      default:
        return false;
    }
  }

  private choose(index: number): void {
    this.chosen = index;
    for (const [at, item] of [...this.element.children].entries())
      item.setAttribute('aria-selected', String(at === index));
    if (index === -1) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', `suggestion-${index}`);
  }

  private take(index: number): void {
    const item = this.items[index];
    if (!item) return;
    const { value, selectionStart } = this.input;
    const head = `${value.slice(0, this.from)}${item.insert} `;
    this.input.value = head + value.slice(selectionStart ?? value.length).trimStart();
    this.input.setSelectionRange(head.length, head.length);
    this.hide();
    this.taken();
  }
}
