// Above the queue of review: how far one is, which keys decide; and what to do when nothing is left.
import type { ReviewProgress } from '../../src/core/review/reviewOrder';
import { progressText } from '../../src/core/review/reviewOrder';
import type { ViewRunCommand } from '../../src/shared/viewMessages';
import { button, element, icon, show } from './dom';

const keys = [
  ['A', 'accept'],
  ['R', 'reject'],
  ['M', 'move'],
  ['N', 'none fits'],
  ['U', 'undo'],
] as const;

export class ReviewHead {
  private readonly words = element('span', 'review-words');
  private readonly fill = element('span', 'review-fill');
  readonly element = element('div', 'review-head', this.words);
  /** In place of the rows where all is decided. Takes the keyboard from them. */
  readonly empty = element('div', 'welcome review-empty');
  private shown = '';

  constructor(private readonly run: (command: ViewRunCommand) => void) {
    this.words.setAttribute('role', 'status');
    const hints = keys.map(([key, does]) => element('span', 'review-key', element('kbd', '', key), ` ${does}`));
    const bar = element('span', 'review-bar', this.fill);
    bar.setAttribute('aria-hidden', 'true');
    this.element.append(bar, element('span', 'review-keys muted', element('span', 'strut'), ...hints));
    this.empty.tabIndex = -1;
    this.update(null, true);
  }

  /** `progress`: null but in the queue. `canTag`: there is a workspace to tag. */
  update(progress: ReviewProgress | null, canTag: boolean): void {
    const isEmpty = progress !== null && progress.decided === progress.total;
    show(this.element, progress !== null && progress.total > 0);
    show(this.empty, isEmpty);
    if (progress === null) return;
    const text = progressText(progress);
    if (this.words.textContent !== text) this.words.textContent = text;
    this.fill.style.setProperty('--done', progress.total === 0 ? '0' : String(progress.decided / progress.total));
    const key = JSON.stringify([isEmpty, progress.total > 0, canTag]);
    if (!isEmpty || key === this.shown) return;
    this.shown = key;
    this.empty.replaceChildren(...this.emptyContent(progress.total > 0, canTag));
  }

  /** The last tag of the queue is decided, or one is there again: the keyboard goes on where it was. */
  keepFocus(rows: { readonly hasFocus: boolean; focus(): void }, act: () => void): void {
    const [inRows, inEmpty] = [rows.hasFocus, document.activeElement === this.empty];
    act();
    if (inRows && !this.empty.hidden) this.empty.focus();
    else if (inEmpty && this.empty.hidden) rows.focus();
  }

  private emptyContent(anyDecided: boolean, canTag: boolean): Node[] {
    const title = anyDecided ? 'Everything is decided' : 'Nothing to decide';
    const sign = icon(anyDecided ? 'pass' : 'info');
    const next = anyDecided
      ? 'Group by file or label to see the tags that stand. New tags come here to be decided.'
      : 'No document has a tag. Tags come here as soon as there are some.';
    const tag = button('Tag Workspace', 'action secondary', () => {
      this.run('tagWorkspace');
    });
    return [element('h2', '', sign, ` ${title}`), element('p', '', next), ...(canTag ? [tag] : [])];
  }
}
