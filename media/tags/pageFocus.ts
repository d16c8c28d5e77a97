// Tells the host where in the page the keyboard is: keys of the manifest ask for that.
import type { FocusPlace } from '../../src/shared/viewMessages';

export function tellFocus(tree: Element, tell: (place: FocusPlace) => void): void {
  document.addEventListener('focusin', ({ target }) => {
    tell(target === tree ? 'tree' : 'page');
  });
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget === null) tell('none');
  });
}
