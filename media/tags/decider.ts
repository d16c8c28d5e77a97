// Decides on rows: on those that are selected, else on the active one. In the queue it goes on to the next row at once.
import { canDecide } from '../../src/core/tree/decisions';
import { rowTarget } from '../../src/core/tree/rowTarget';
import type { TagTree } from '../../src/core/tree/tagTree';
import type { Row } from '../../src/core/tree/treeTypes';
import { wholeNumber } from '../../src/core/tree/words';
import type { DecideAct, FromView } from '../../src/shared/viewMessages';
import { decideRowsLimit } from '../../src/shared/viewMessages';
import type { TreeView } from './treeView';

export interface DeciderEvents {
  post(message: FromView): void;
  /** Says something to screen readers. */
  say(text: string): void;
  /** Another row is to be the active one. */
  moveTo(index: number): void;
}

interface Chosen {
  readonly index: number;
  readonly row: Row;
}

export class Decider {
  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
    private readonly events: DeciderEvents,
  ) {}

  /** What cannot be decided is left out; where that is all, nothing is sent. */
  decide(act: DecideAct): void {
    this.decideOn(this.chosen(), act);
  }

  /** The button of a row: about the selection where the row is in it, else about the row alone. */
  decideAt(index: number, act: DecideAct): void {
    const row = this.tree.row(index);
    this.decideOn(this.view.selection.has(row.key) ? this.chosen() : [{ index, row }], act);
  }

  private decideOn(all: readonly Chosen[], act: DecideAct): void {
    const able = all.filter(({ row }) => canDecide(row, act));
    if (able.length === 0) {
      this.events.say('There is nothing to decide here.');
      return;
    }
    if (able.length > decideRowsLimit) {
      this.events.say(`${wholeNumber(able.length)} rows are too many to decide on at once.`);
      return;
    }
    this.events.post({ type: 'decide', act, rows: able.map(({ row }) => rowTarget(row)) });
    // Which label to move to is still to be asked, and may be asked in vain.
    if (act === 'move') return;
    this.view.selection.clear();
    // Whoever works through the queue types ahead of the answer: the next key is about the next tag.
    this.events.moveTo(this.tree.review === null ? this.view.active : this.after(able, act));
  }

  private chosen(): Chosen[] {
    const { selection, active } = this.view;
    const rows = selection.isEmpty ? [] : selection.rows();
    if (rows.length > 0 || active === -1) return rows;
    return [{ index: active, row: this.tree.row(active) }];
  }

  /** The row to go on with: the first one below the last decided one that stays, else the nearest above. */
  private after(decided: readonly Chosen[], act: DecideAct): number {
    const indexes = new Set(decided.map(({ index }) => index));
    const documents = new Set(act === 'noneFits' ? decided.map(({ row }) => rowTarget(row).documentId) : []);
    const leaves = (index: number): boolean =>
      indexes.has(index) || (documents.size > 0 && documents.has(rowTarget(this.tree.row(index)).documentId));
    const last = decided.at(-1)?.index ?? this.view.active;
    for (let index = last + 1; index < this.tree.length; index++) if (!leaves(index)) return index;
    for (let index = last - 1; index >= 0; index--) if (!leaves(index)) return index;
    return last;
  }
}
