// How far a run is: a thin line on top, which lies over the page, and the numbers at the foot. Neither moves a row.
import type { ViewProgress } from '../../src/shared/viewMessages';
import { wholeNumber } from '../../src/core/countText';
import { progressText } from '../../src/core/tree/words';
import { element, show } from './dom';

export class ProgressLine {
  private readonly fill = element('div', 'progress-fill');
  private readonly words = element('span', 'ellipsis');
  private readonly speed = element('span', 'speed wide');
  readonly element = element('div', 'progress', this.fill);
  readonly foot = element('div', 'foot', this.words, this.speed);

  constructor() {
    this.element.setAttribute('role', 'progressbar');
    this.element.setAttribute('aria-label', 'Tagging');
    this.element.setAttribute('aria-valuemin', '0');
    // The bar says the same to screen readers.
    this.foot.setAttribute('aria-hidden', 'true');
    this.set(null);
  }

  set(progress: ViewProgress | null): void {
    show(this.element, progress !== null);
    show(this.foot, progress !== null);
    if (progress === null) return;
    const { done, total, documentsPerSecond, state } = progress;
    const amount = total === 0 ? 'Looking for documents…' : progressText(progress);
    const text = progress.reason === undefined ? amount : `${amount}. ${progress.reason}`;
    this.element.classList.toggle('paused', state === 'paused');
    this.element.classList.toggle('unknown', state === 'running' && done === 0);
    this.element.setAttribute('aria-valuemax', String(total));
    this.element.setAttribute('aria-valuenow', String(done));
    this.element.setAttribute('aria-valuetext', text);
    this.fill.style.setProperty('--done', String(total === 0 ? 0 : Math.min(1, done / total)));
    this.words.textContent = text;
    this.speed.textContent = state === 'running' && documentsPerSecond > 0 ? speedText(documentsPerSecond) : '';
    this.foot.title = [text, this.speed.textContent].filter((part) => part !== '').join(', ');
  }
}

/** `38 per second`; one decimal below ten. */
function speedText(documentsPerSecond: number): string {
  const number =
    documentsPerSecond < 9.95 ? documentsPerSecond.toFixed(1) : wholeNumber(Math.round(documentsPerSecond));
  return `${number} per second`;
}
