// Why nothing can be tagged, above tags that are there; without any, the welcome says it.
import type { ViewState } from '../../src/shared/viewMessages';
import { element, foreign, show } from './dom';

export class ProblemLine {
  readonly element = element('div', 'notice');

  constructor() {
    this.element.setAttribute('role', 'status');
  }

  update(state: ViewState | null, documents: number): void {
    const problem = state?.problem ?? null;
    if (this.element.textContent !== (problem ?? '')) this.element.replaceChildren(foreign(problem ?? '', '', 2000));
    // A mistake in a label set is a note already.
    const isNoted = state?.notes?.some(({ text }) => text === problem) ?? false;
    show(this.element, documents > 0 && problem !== null && !isNoted);
  }
}
