// The thin line on top while a run goes on. It lies over the page, so it moves nothing.
import type { ViewProgress } from '../../src/shared/viewMessages';
import { progressText } from '../../src/core/tree/words';
import { element, show } from './dom';

export class ProgressLine {
  private readonly fill = element('div', 'progress-fill');
  readonly element = element('div', 'progress', this.fill);

  constructor() {
    this.element.setAttribute('role', 'progressbar');
    this.element.setAttribute('aria-label', 'Tagging');
    this.element.setAttribute('aria-valuemin', '0');
    this.element.hidden = true;
  }

  set(progress: ViewProgress | null): void {
    show(this.element, progress !== null);
    if (progress === null) return;
    const { done, total, state } = progress;
    this.element.classList.toggle('paused', state === 'paused');
    this.element.classList.toggle('unknown', total === 0);
    this.element.setAttribute('aria-valuemax', String(total));
    this.element.setAttribute('aria-valuenow', String(done));
    this.element.setAttribute('aria-valuetext', progressText(progress));
    this.element.title = progressText(progress);
    this.fill.style.setProperty('--done', String(total === 0 ? 0 : Math.min(1, done / total)));
  }
}
