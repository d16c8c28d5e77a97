// Small helpers that build the page: elements, icons, text cut in the middle. Text only ever goes in as text.
import { safeText, splitForCut } from '../../src/core/tree/safeText';

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** A codicon; what it means has to be said in text as well. */
export function icon(name: string): HTMLElement {
  const made = element('span', `codicon codicon-${name}`);
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** Text from a file or setting, isolated so that its direction changes nothing around it. */
export function foreign(text: string, className = '', limit = 300): HTMLElement {
  return element('bdi', className, safeText(text, limit));
}

/** As `foreign`, but where there is no room the middle goes: the last `tailLength` characters always stay. */
export function cutInMiddle(text: string, className: string, tailLength = 8): HTMLElement {
  const { head, tail } = splitForCut(safeText(text, 300), tailLength);
  const made = element('bdi', `${className} cut`, element('span', 'cut-head', head));
  if (tail !== '') made.append(element('span', 'cut-tail', tail));
  return made;
}

/** A native button with a text. */
export function button(text: string, className: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

export function show(target: HTMLElement, visible: boolean): void {
  target.hidden = !visible;
}
