// Goes to the row of a document: of one that was just tagged, and of the one that the active editor shows.
import type { TagTree } from '../../src/core/tree/tagTree';
import type { TreeView } from './treeView';

export interface GoToEvents {
  /** Changes the tree, then draws it. */
  change(act: () => void): void;
  clearFilter(): void;
  /** The user is to be somewhere else from now on. */
  left(): void;
  /** The user goes through the rows. */
  inUse(): boolean;
}

export class GoTo {
  /** Documents that may still have to come. */
  private revealed: string | null = null;
  private followed: string | null = null;

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
    private readonly events: GoToEvents,
  ) {
    // Whoever moves in the tree is not to be taken elsewhere by a document that comes late.
    for (const input of ['wheel', 'pointerdown', 'keydown'] as const)
      view.scroller.addEventListener(
        input,
        () => {
          this.followed = null;
        },
        { passive: true },
      );
  }

  /** Opens the row, and what hides it. */
  reveal(id: string): void {
    this.revealed = id;
    this.tryNow();
  }

  /** Marks the row where that disturbs nobody: not under the hands of the user, nor against a filter or a closed label. */
  follow(id: string): void {
    this.followed = id;
    this.tryNow();
  }

  /** Documents have come. */
  tryNow(): void {
    this.revealNow();
    this.followNow();
  }

  private revealNow(): void {
    const id = this.revealed;
    if (id === null || !this.tree.has(id)) return;
    this.revealed = null;
    let row = -1;
    const reveal = (): void => {
      row = this.tree.reveal(id);
    };
    this.events.left();
    this.events.change(reveal);
    if (row === -1) {
      // What the user has just asked for must not be hidden by an older filter.
      this.events.clearFilter();
      this.events.change(reveal);
    }
    if (row !== -1) this.view.reveal(row);
  }

  private followNow(): void {
    const id = this.followed;
    if (id === null || !this.tree.has(id)) return;
    this.followed = null;
    // Or the user came from a row of this document.
    if (this.events.inUse() || this.tree.nameOf(this.view.active)?.document === id) return;
    let row = -1;
    this.events.change(() => {
      row = this.tree.locate(id);
    });
    if (row === -1) return;
    this.events.left();
    this.view.reveal(row);
  }
}
