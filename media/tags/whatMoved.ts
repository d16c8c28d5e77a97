// Asks the host what decisions did to the score under the hover, and says so in it.
import type { Row } from '../../src/core/tree/treeTypes';
import { movedText } from '../../src/core/tree/words';
import type { FromView, MovedScore } from '../../src/shared/viewMessages';
import type { Hover } from './hover';
import { movedLine } from './hover';

/** What brought a hover up. */
export type HoverCause = 'pointer' | 'keyboard';

export class WhatMoved {
  private asked: {
    readonly id: string;
    readonly label: number;
    readonly owner: HTMLElement;
    readonly by: HoverCause;
  } | null = null;

  constructor(
    private readonly hover: Hover,
    /** Read aloud when its text changes. */
    private readonly spoken: HTMLElement,
    private readonly post: (message: FromView) => void,
  ) {}

  /** Only of what somebody looks at: the model is asked for it. */
  ask(row: Row, owner: HTMLElement, by: HoverCause): void {
    this.asked = null;
    if (row.kind !== 'score' && row.kind !== 'review') return;
    const { id } = row.document;
    const { label } = row.kind === 'score' ? row.score : row.tag;
    this.asked = { id, label, owner, by };
    this.post({ type: 'whatMoved', id, label });
  }

  /** The answer: another line of the hover, spoken where the keyboard brought it up, since the rest has been read by then. */
  tell(id: string, label: number, moved: MovedScore): void {
    const { asked } = this;
    if (asked?.id !== id || asked.label !== label) return;
    if (this.hover.add(asked.owner, movedLine(moved)) && asked.by === 'keyboard')
      this.spoken.textContent = movedText(moved);
  }
}
