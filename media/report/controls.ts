// What the reader moves: the threshold, and the label that is looked at.
import { digitsOf, scoreText } from '../../src/core/scoreText';
import { safeText } from '../../src/core/tree/safeText';
import { button, element } from '../tags/dom';
import { labelled } from './labelled';

export class Controls {
  readonly element = element('section', 'controls');
  onChange: () => void = () => undefined;
  private readonly slider = element('input', 'slider');
  private readonly value = element('output', 'value');
  private readonly select = element('select', 'label-select');

  /** `best`: the threshold with the best micro F1; null where there is none. */
  constructor(start: number, best: number | null, labels: readonly string[]) {
    this.element.setAttribute('aria-label', 'Threshold and label');
    Object.assign(this.slider, { type: 'range', id: 'threshold', min: '0', max: '1', step: '0.01' });
    // A threshold of three digits would be moved to the next step: it stays until the slider is touched.
    this.slider.step = digitsOf(start) > 2 ? 'any' : '0.01';
    this.slider.value = String(start);
    this.slider.addEventListener('input', () => {
      this.slider.step = '0.01';
      this.changed();
    });
    this.select.id = 'label';
    const all = new Option('All labels', '');
    this.select.append(all, ...labels.map((label, at) => new Option(safeText(label, 120), String(at))));
    this.select.addEventListener('change', () => {
      this.onChange();
    });
    const threshold = labelled('Threshold', this.slider, this.value);
    this.element.append(threshold, labelled('Label', this.select));
    if (best !== null) {
      // Upwards, a score equal to the best threshold would no longer be a tag.
      const rounded = Math.floor(best * 100) / 100;
      const use = button(`Use ${scoreText(rounded)} (best micro F1)`, 'secondary', () => {
        this.setThreshold(rounded);
      });
      this.element.append(use);
    }
    this.sayThreshold('');
  }

  get threshold(): number {
    return this.slider.valueAsNumber;
  }

  /** Number of the label; null for all. */
  get label(): number | null {
    return this.select.value === '' ? null : Number(this.select.value);
  }

  setLabel(label: number): void {
    this.select.value = String(label);
    this.onChange();
  }

  setThreshold(threshold: number): void {
    this.slider.step = '0.01';
    this.slider.value = String(threshold);
    this.changed();
  }

  /** `figures`: what the threshold gives, spoken with its value. */
  sayThreshold(figures: string): void {
    const shown = scoreText(this.threshold, digitsOf(this.threshold));
    this.value.textContent = this.threshold === 0 ? '0' : shown;
    this.slider.setAttribute('aria-valuetext', figures === '' ? shown : `${shown}: ${figures}`);
  }

  private changed(): void {
    this.sayThreshold('');
    this.onChange();
  }
}
