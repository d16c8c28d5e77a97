// Tells the host which row is active: a key that the editor turns into a command acts on that.
import { rowTarget } from '../../src/core/tree/rowTarget';
import type { TagTree } from '../../src/core/tree/tagTree';
import type { FromView } from '../../src/shared/viewMessages';
import type { TreeView } from './treeView';

export class ActiveRow {
  private told = 'null';

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
    private readonly labelsId: () => string,
    private readonly post: (message: FromView) => void,
  ) {}

  /** The user comes back to the rows: the host may have shown something else meanwhile. */
  tellAgain(): void {
    this.told = '';
    this.tell();
  }

  /** At once, so that the host knows it before the key arrives there. */
  tell(): void {
    const { active } = this.view;
    const row = active === -1 ? null : rowTarget(this.tree.row(active));
    const labelsId = this.labelsId();
    const now = JSON.stringify(row && [row, labelsId]);
    if (now === this.told) return;
    this.told = now;
    this.post({ type: 'active', row, labelsId });
  }
}
