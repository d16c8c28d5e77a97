// Tells the host where in the page the keyboard is: keys of the manifest ask for that.
import type { FocusPlace } from '../../src/shared/viewMessages';

export class PageFocus {
  private ending: ReturnType<typeof setTimeout> | undefined;

  /** `tree`: the rows, and what stands in their place when there are none. */
  constructor(
    private readonly tree: readonly Element[],
    private readonly tell: (place: FocusPlace) => void,
  ) {
    document.addEventListener('focusin', () => {
      clearTimeout(this.ending);
      tell(this.inTree ? 'tree' : 'page');
    });
    document.addEventListener('focusout', ({ relatedTarget }) => {
      clearTimeout(this.ending);
      if (relatedTarget === null) tell('none');
    });
  }

  get inTree(): boolean {
    return this.tree.some((one) => one === document.activeElement);
  }

  /** A name is being typed in the tree, and another letter within `pauseMs` goes on with it; 0: no longer. */
  typing(pauseMs: number): void {
    clearTimeout(this.ending);
    this.tell(pauseMs > 0 ? 'typing' : 'tree');
    if (pauseMs === 0) return;
    this.ending = setTimeout(() => {
      this.tell('tree');
    }, pauseMs);
  }
}
