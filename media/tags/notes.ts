// Lines above the tree: mistakes in label sets and other things worth knowing, each with the one thing to do about it; some can be sent away.
import type { ViewNote } from '../../src/shared/viewMessages';
import { button, element, foreign, icon } from './dom';

/** Severity in words, for those who do not see the icon. */
const words = { error: 'Error: ', warning: 'Warning: ', info: '' } as const;

export class Notes {
  readonly element = element('ul', 'notes');
  private shown = '[]';

  constructor(
    private readonly act: (note: string) => void,
    private readonly dismiss: (note: string) => void,
  ) {
    this.element.hidden = true;
    this.element.setAttribute('aria-label', 'Notes');
    this.element.setAttribute('aria-live', 'polite');
  }

  set(notes: readonly ViewNote[]): void {
    // Drawn again only when they say something else: a focused button must stay.
    const key = JSON.stringify(notes);
    if (key === this.shown) return;
    this.shown = key;
    this.element.hidden = notes.length === 0;
    this.element.replaceChildren(...notes.map((note) => this.line(note)));
  }

  private line({ id, severity, text, action, dismissible }: ViewNote): HTMLElement {
    const said = element('span', 'visually-hidden', words[severity]);
    const line = element(
      'li',
      `note note-${severity}`,
      icon(severity),
      element('span', '', said, foreign(text, '', 2000)),
    );
    if (action !== null) {
      line.lastElementChild?.append(
        ' ',
        button(action, 'link', () => {
          this.act(id);
        }),
      );
    }
    if (dismissible) {
      line.lastElementChild?.append(
        ' ',
        button('Dismiss', 'link', () => {
          this.dismiss(id);
        }),
      );
    }
    return line;
  }
}
