// The rows that are selected beside the active one, by key: they stay selected while rows come and go around them.
import type { RowName, TagTree } from '../../src/core/tree/tagTree';
import type { Row } from '../../src/core/tree/treeTypes';

export class Selection {
  private readonly keys = new Set<string>();
  /** Where a range began. */
  private anchor: RowName | null = null;

  constructor(private readonly tree: TagTree) {}

  /** None: keys and commands are about the active row. */
  get isEmpty(): boolean {
    return this.keys.size === 0;
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  clear(): void {
    this.keys.clear();
    this.anchor = null;
  }

  /** Selects all rows from where the range began, which is `active` for a new one, to `to`. */
  extend(active: number, to: number): void {
    this.anchor ??= this.tree.nameOf(active);
    const anchor = this.anchor === null ? -1 : this.tree.find(this.anchor);
    const from = anchor === -1 ? active : anchor;
    this.keys.clear();
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) this.keys.add(this.tree.row(index).key);
  }

  /** Selects a row in addition, the active one being the first; or no longer. */
  toggle(active: number, index: number): void {
    if (this.isEmpty && active !== -1 && active !== index) this.keys.add(this.tree.row(active).key);
    const { key } = this.tree.row(index);
    if (!this.keys.delete(key)) this.keys.add(key);
    this.anchor = this.tree.nameOf(index);
  }

  /** The selected rows that are there, from top to bottom. Costs a pass over the rows. */
  rows(): Row[] {
    const found: Row[] = [];
    for (let index = 0; index < this.tree.length && found.length < this.keys.size; index++) {
      const row = this.tree.row(index);
      if (this.keys.has(row.key)) found.push(row);
    }
    return found;
  }
}
