// At the foot, after a decision: what was done, and the way back.
import { stepDone } from '../../src/core/review/steps';
import type { ViewRunCommand, ViewState } from '../../src/shared/viewMessages';
import { button, element, foreign, show } from './dom';

export class StepFoot {
  private readonly words = element('span', 'ellipsis');
  private readonly undo = button('Undo', 'link', () => {
    this.run('undoDecision');
  });
  private readonly redo = button('Redo', 'link', () => {
    this.run('redoDecision');
  });
  readonly element = element('div', 'steps', this.words, this.undo, this.redo);
  /** The steps as they were when the page was made: what was done before is no news. */
  private first: string | null = null;

  constructor(private readonly run: (command: ViewRunCommand) => void) {
    this.words.setAttribute('role', 'status');
    this.undo.append(element('span', 'key', ' (U)'));
    this.redo.append(element('span', 'key', ' (Shift+U)'));
    this.element.hidden = true;
  }

  /** `always`: also where nothing was decided since the page was made. */
  update(state: ViewState | null, always: boolean): void {
    if (state === null) return;
    const { undo = null, redo = null } = state;
    const now = JSON.stringify([undo, redo]);
    this.first ??= now;
    show(this.element, (undo !== null || redo !== null) && (always || now !== this.first));
    const text = undo === null ? '' : stepDone(undo);
    if (this.words.textContent !== text) this.words.replaceChildren(foreign(text, '', 200));
    show(this.undo, undo !== null);
    show(this.redo, redo !== null);
    this.undo.title = undo === null ? '' : `Undo: ${undo}`;
    this.redo.title = redo === null ? '' : `Redo: ${redo}`;
    this.element.title = text;
  }
}
