// The tree follows the user to the document of the active editor, where that moves nothing under their hands.
import type { TagTree } from '../../src/core/tree/tagTree';
import type { TreeView } from './treeView';

export class Follow {
  /** The document that is still to come. */
  private wanted: string | null = null;

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
  ) {
    for (const input of ['wheel', 'pointerdown', 'keydown'] as const)
      view.scroller.addEventListener(
        input,
        () => {
          this.wanted = null;
        },
        { passive: true },
      );
  }

  follow(id: string): void {
    this.wanted = id;
  }

  /** The document is there. */
  get isDue(): boolean {
    return this.wanted !== null && this.tree.has(this.wanted);
  }

  /** Opens the folders above the document, where another row is marked. Returns its row, or -1. */
  open(): number {
    const { wanted } = this;
    this.wanted = null;
    if (wanted === null) return -1;
    // The user goes through the rows, or came from one of this document.
    if (this.view.hasFocus || this.tree.nameOf(this.view.active)?.document === wanted) return -1;
    return this.tree.locate(wanted);
  }
}
