// What the view says while it has nothing to show: what is missing, and the one button that gets it.
import type { ViewProgress, ViewRunCommand, ViewState } from '../../src/shared/viewMessages';
import { counted } from '../../src/core/tree/words';
import { button, element, foreign, show } from './dom';

export class Welcome {
  readonly element = element('div', 'welcome');
  private shown = '';

  constructor(private readonly run: (command: ViewRunCommand) => void) {
    this.element.hidden = true;
  }

  /** `state` is null until the host has told it; then nothing is said, so that nothing flashes. */
  update(state: ViewState | null, progress: ViewProgress | null, documents: number): void {
    const visible = state !== null && documents === 0;
    show(this.element, visible);
    if (!visible) return;
    // Drawn again only when it says something else: a focused button must stay.
    const key = JSON.stringify([state.problem, state.labelSetName, state.labels.length, progress !== null]);
    if (key === this.shown) return;
    this.shown = key;
    this.element.replaceChildren(...this.content(state, progress));
  }

  private content(state: ViewState, progress: ViewProgress | null): Node[] {
    if (state.problem !== null) {
      return [
        element('h2', '', 'GLiTag cannot tag here'),
        element('p', '', foreign(state.problem, '', 2000)),
        this.action('Show Log', 'showLog', true),
      ];
    }
    if (state.labelSetName === null) {
      return [
        element('h2', '', 'No label set chosen'),
        element(
          'p',
          '',
          'A label set says what to look for: topics, sentiment, kinds of documents, or labels of your own.',
        ),
        this.action('Choose Label Set', 'chooseLabelSet', true),
      ];
    }
    if (progress !== null) {
      return [element('p', 'muted', 'The first tags appear in a moment.')];
    }
    const labels = counted(state.labels.length, 'label');
    return [
      element('h2', '', 'Nothing tagged yet'),
      element(
        'p',
        '',
        'Tag what is selected in the editor, or all documents of the workspace. It runs on this computer; no text leaves it.',
      ),
      this.action('Tag Selection', 'classifySelection', true),
      this.action('Tag Workspace', 'tagWorkspace', false),
      element(
        'p',
        '',
        element('span', 'muted', 'Label set: ', foreign(state.labelSetName, '', 100), `, ${labels}. `),
        button('Change', 'link', () => {
          this.run('chooseLabelSet');
        }),
      ),
    ];
  }

  private action(text: string, command: ViewRunCommand, primary: boolean): HTMLElement {
    return button(text, primary ? 'action' : 'action secondary', () => {
      this.run(command);
    });
  }
}
