// Where in the page the keyboard is: told to the host, since keys of the manifest ask for it, and never nowhere for long.
import type { FocusPlace } from '../../src/shared/viewMessages';

export class PageFocus {
  private ending: ReturnType<typeof setTimeout> | undefined;
  /** The pointer took the keyboard from everything, to select the text of a note, say. */
  private sentAway = false;
  private fresh = false;

  /**
   * `tree`: the rows, and what stands in their place when there are none. `take`: gives the keyboard to what is on the page, if there is
   * something for it.
   */
  constructor(
    private readonly tree: readonly Element[],
    private readonly take: () => void,
    private readonly tell: (place: FocusPlace) => void,
  ) {
    // "Focus on Tags View": the page gets the keyboard, maybe before anything is on it.
    window.addEventListener('focus', () => {
      this.sentAway = false;
      this.settle();
      this.fresh = false;
    });
    document.addEventListener('pointerdown', ({ target }) => {
      // What has the keyboard keeps it, and no focusin says so.
      const { activeElement } = document;
      const keeps = activeElement !== document.body && activeElement?.contains(target as Node);
      this.sentAway = !keeps;
    });
    for (const input of ['wheel', 'pointerdown', 'keydown'] as const)
      document.addEventListener(
        input,
        () => {
          this.fresh = false;
        },
        { passive: true },
      );
    document.addEventListener('focusin', () => {
      this.sentAway = false;
      clearTimeout(this.ending);
      tell(this.inTree ? 'tree' : 'page');
    });
    document.addEventListener('focusout', ({ relatedTarget }) => {
      clearTimeout(this.ending);
      if (relatedTarget === null) tell('none');
    });
  }

  /** After the page changed: what had the keyboard may be gone, and what it is for may have come. */
  settle(): void {
    const { activeElement } = document;
    const nowhere = activeElement === null || activeElement === document.body || activeElement.closest('[hidden]');
    if (!nowhere || this.sentAway || !document.hasFocus()) return;
    this.take();
    this.fresh = true;
  }

  /** What has the keyboard got it because it came, and the user has done nothing since. */
  get isFresh(): boolean {
    return this.fresh;
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
