// Decides on rows: on those that are selected, else on the active one. In the queue it goes on to the next row at once.
import { canDecide } from '../../src/core/tree/decisions';
import { rowTarget } from '../../src/core/tree/rowTarget';
import type { TagTree } from '../../src/core/tree/tagTree';
import type { Row } from '../../src/core/tree/treeTypes';
import { wholeNumber } from '../../src/core/countText';
import type { DecideAct, RowTarget } from '../../src/shared/viewMessages';
import { decideRowsLimit } from '../../src/shared/viewMessages';
import type { TreeView } from './treeView';

export interface DeciderEvents {
  post(act: DecideAct, rows: readonly RowTarget[]): void;
  /** Says something to screen readers. */
  say(text: string): void;
  /** Another row is to be the active one. */
  moveTo(index: number): void;
}

export class Decider {
  /** What was chosen when the last key was pressed whose command has not come; `none`: no command of that key counts. */
  private atKey: readonly Row[] | 'none' | null = null;

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
    private readonly events: DeciderEvents,
  ) {}

  /** A key that may be a command: the editor takes its time with it, and the user may have gone on to other rows when it comes. */
  keyPressed(): void {
    this.atKey = this.chosen();
  }

  /** A key that is no command, even where the editor has taken it for one. */
  noKey(): void {
    this.atKey = 'none';
  }

  /** Commands from now on come from elsewhere. */
  forgetKey(): void {
    this.atKey = null;
  }

  /** What cannot be decided is left out; where that is all, nothing is sent. */
  decide(act: DecideAct): void {
    const { atKey } = this;
    this.atKey = null;
    if (atKey !== 'none') this.decideOn(atKey ?? this.chosen(), act);
  }

  /** The button of a row: about the selection where the row is in it, else about the row alone. */
  decideAt(index: number, act: DecideAct): void {
    const row = this.tree.row(index);
    this.decideOn(this.view.selection.has(row.key) ? this.chosen() : [row], act);
  }

  private decideOn(all: readonly Row[], act: DecideAct): void {
    const able = all.filter((row) => canDecide(row, act));
    if (able.length === 0) {
      this.events.say('There is nothing to decide here.');
      return;
    }
    if (able.length > decideRowsLimit) {
      this.events.say(`${wholeNumber(able.length)} rows are too many to decide on at once.`);
      return;
    }
    this.events.post(
      act,
      able.map((row) => rowTarget(row)),
    );
    // Which label to move to is still to be asked, and may be asked in vain.
    if (act === 'move') return;
    this.view.selection.clear();
    // Whoever works through the queue types ahead of the answer: the next key is about the next tag.
    this.events.moveTo(this.tree.review === null ? this.view.active : this.after(able, act));
  }

  private chosen(): readonly Row[] {
    const { selection, active } = this.view;
    const rows = selection.isEmpty ? [] : selection.rows();
    if (rows.length > 0 || active === -1) return rows;
    return [this.tree.row(active)];
  }

  /** The row to go on with: the first one below the last decided one that stays, else the nearest above; the active one where it stays. */
  private after(decided: readonly Row[], act: DecideAct): number {
    const { active } = this.view;
    const keys = new Set(decided.map(({ key }) => key));
    const documents = new Set(act === 'noneFits' ? decided.map((row) => rowTarget(row).documentId) : []);
    const leaves = (row: Row): boolean => keys.has(row.key) || documents.has(rowTarget(row).documentId);
    if (active === -1 || !leaves(this.tree.row(active))) return active;
    const last = keys.size === 1 ? active : this.lastOf(keys);
    for (let index = last + 1; index < this.tree.length; index++) if (!leaves(this.tree.row(index))) return index;
    for (let index = last - 1; index >= 0; index--) if (!leaves(this.tree.row(index))) return index;
    return last;
  }

  private lastOf(keys: ReadonlySet<string>): number {
    for (let index = this.tree.length - 1; index >= 0; index--) if (keys.has(this.tree.row(index).key)) return index;
    return this.view.active;
  }
}
