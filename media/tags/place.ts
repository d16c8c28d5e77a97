// The user's place in the tree, found again after a reload: what is at the top of the view, and which row is active.
import type { RowName, TagTree } from '../../src/core/tree/tagTree';
import type { SavedState } from './savedState';
import type { TreeView } from './treeView';

export type SavedPlace = Pick<SavedState, 'top' | 'active'>;

export class Place {
  /** The place to go back to, until the documents there have come or the user goes elsewhere. */
  private waiting: SavedPlace | null = null;

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
  ) {
    for (const input of ['wheel', 'pointerdown', 'keydown'] as const) {
      view.scroller.addEventListener(
        input,
        () => {
          this.forget();
        },
        { passive: true },
      );
    }
  }

  goBackTo(place: SavedPlace): void {
    this.waiting = place;
  }

  /** Remembers where the user is, before all documents are sent anew. */
  keep(): void {
    this.waiting = this.current();
  }

  forget(): void {
    this.waiting = null;
  }

  /** Documents come in chunks: tried after each change until the place is there. */
  tryAgain(): void {
    if (this.waiting === null) return;
    const { top, active } = this.waiting;
    if (top !== null && !this.view.restoreTop(top)) return;
    const row = active === null ? -1 : this.exactly(active);
    if (active !== null && row === -1) {
      if (top !== null) this.view.draw();
      return;
    }
    if (row !== -1) this.view.restoreActive(row);
    else this.view.draw();
    this.forget();
  }

  /** What to save. While the old place has not come back, it is better than the one in a tree that is still filling. */
  current(): SavedPlace {
    return this.waiting ?? { top: this.view.topRow(), active: this.tree.nameOf(this.view.active) };
  }

  /** Rows of a document's tags are there when its scores have come. */
  private exactly(name: RowName): number {
    const row = this.tree.find(name);
    const found = this.tree.nameOf(row);
    return found?.document === name.document && found.inner === name.inner ? row : -1;
  }
}
