// A control with its name before it.
import { element } from '../tags/dom';

/** `control` has an id already; `more` stands behind it. */
export function labelled(name: string, control: HTMLElement, ...more: HTMLElement[]): HTMLElement {
  const label = element('label', '', name);
  label.htmlFor = control.id;
  return element('div', 'control', label, control, ...more);
}
