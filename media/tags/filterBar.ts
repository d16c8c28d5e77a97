// The filter box above the tree: a search with completions and switches, and the number of documents it lets through.
import { hasSwitch, toggleSwitch } from '../../src/core/query/switches';
import { counted, wholeNumber } from '../../src/core/countText';
import { button, element, icon, show } from './dom';
import { Suggestions } from './suggestions';

/** Quiet time after a key before a long list is filtered. */
const pauseMs = 120;
/** Fewer documents than this are filtered at each key. */
const instantDocuments = 20_000;

export interface FilterBarEvents {
  changed(text: string): void;
  /** The user goes back to the tree; the filter stays. */
  left(): void;
  closed(): void;
}

export class FilterBar {
  readonly input = element('input', 'filter-input');
  private readonly matches = element('span', 'filter-matches');
  private readonly stale = this.switchButton('stale', 'history', 'Stale only (@stale)');
  private readonly skipped = this.switchButton('skipped', 'debug-step-over', 'Skipped only (@skipped)');
  private readonly clear = button('', 'icon-button', () => {
    this.close();
  });
  private readonly box = element('div', 'filter-box', this.input, this.matches, this.stale, this.skipped, this.clear);
  private readonly suggestions = new Suggestions(this.input, () => {
    this.edited();
  });
  readonly element = element('div', 'filter', this.box, this.suggestions.element);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private documents = 0;

  constructor(private readonly events: FilterBarEvents) {
    this.element.setAttribute('role', 'search');
    this.element.hidden = true;
    this.input.type = 'text';
    this.input.spellcheck = false;
    this.input.autocomplete = 'off';
    this.input.setAttribute('aria-label', 'Filter documents by labels and words, with or, not and parentheses');
    this.matches.setAttribute('role', 'status');
    this.clear.append(icon('close'));
    this.clear.title = 'Close filter (Escape)';
    this.clear.setAttribute('aria-label', 'Close filter');
    this.input.addEventListener('input', () => {
      this.suggestions.update();
      this.edited();
    });
    this.input.addEventListener('blur', () => {
      this.suggestions.hide();
    });
    this.element.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
  }

  get text(): string {
    return this.input.value;
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Shows the box, with the text selected so that typing replaces it. */
  open(focus: boolean): void {
    show(this.element, true);
    // Who is typing in it already must not lose what is typed.
    if (!focus || document.activeElement === this.input) return;
    this.input.focus();
    this.input.select();
  }

  /** Empties and hides the box. */
  close(): void {
    this.setText('');
    show(this.element, false);
    this.events.closed();
  }

  /** Puts a text in and filters by it. */
  setText(text: string): void {
    clearTimeout(this.timer);
    this.input.value = text;
    this.suggestions.hide();
    this.markSwitches();
    this.events.changed(text);
  }

  /** The labels that searches are about; `names` are full names. */
  setLabels(names: readonly string[]): void {
    this.suggestions.setLabels(names);
    const [first = 'label', second = 'other'] = names.map((name) => name.split('.').at(-1) ?? name);
    this.input.placeholder = `Filter (e.g. ${first} or -${second}, @score:.6)`;
  }

  /** `what`: what is filtered. */
  setMatches(shown: number, all: number, what: 'document' | 'tag' = 'document'): void {
    this.documents = all;
    this.matches.textContent = this.text.trim() === '' ? '' : `${wholeNumber(shown)} of ${wholeNumber(all)}`;
    this.matches.title = this.text.trim() === '' ? '' : `${counted(shown, what)} of ${wholeNumber(all)} shown`;
  }

  private switchButton(name: 'stale' | 'skipped', iconName: string, title: string): HTMLButtonElement {
    const made = button('', 'icon-button switch', () => {
      this.setText(toggleSwitch(this.text, name));
      this.input.focus();
    });
    made.append(icon(iconName));
    made.title = title;
    made.setAttribute('aria-label', title);
    made.setAttribute('aria-pressed', 'false');
    return made;
  }

  /** The user changed the text. */
  private edited(): void {
    this.markSwitches();
    clearTimeout(this.timer);
    if (this.documents < instantDocuments) this.events.changed(this.text);
    else
      this.timer = setTimeout(() => {
        this.events.changed(this.text);
      }, pauseMs);
  }

  private markSwitches(): void {
    this.stale.setAttribute('aria-pressed', String(hasSwitch(this.text, 'stale')));
    this.skipped.setAttribute('aria-pressed', String(hasSwitch(this.text, 'skipped')));
  }

  private onKey(event: KeyboardEvent): void {
    const fromInput = event.target === this.input;
    if (fromInput && this.suggestions.onKey(event)) event.stopPropagation();
    else if (event.key === 'Escape') this.close();
    else if (fromInput && (event.key === 'ArrowDown' || event.key === 'Enter')) this.events.left();
    else return;
    event.preventDefault();
  }
}
