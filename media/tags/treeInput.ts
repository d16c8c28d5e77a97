// What the user does in the tree: keys, clicks, the pointer over a row.
import { rowTarget } from '../../src/core/tree/rowTarget';
import type { TagTree } from '../../src/core/tree/tagTree';
import { wholeNumber } from '../../src/core/tree/words';
import type { FromView, ViewState } from '../../src/shared/viewMessages';
import type { Hover } from './hover';
import { hoverContent } from './hover';
import type { KeyAction } from './keyboard';
import { keyAction, TypeAhead } from './keyboard';
import { buttonAt } from './rowButtons';
import type { TreeView } from './treeView';

/** Where the menu of the keyboard opens, from the row's left end. */
const menuIndent = 30;

export interface TreeInputEvents {
  /** Changes the tree, then draws it. */
  change(act: () => void): void;
  /** The active row is another one. */
  moved(): void;
  filter(): void;
  post(message: FromView): void;
  /** Says something to screen readers; empties what was said before. */
  say(text: string): void;
  state(): ViewState | null;
}

export class TreeInput {
  private readonly typeAhead = new TypeAhead();

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
    private readonly hover: Hover,
    private readonly events: TreeInputEvents,
  ) {
    const { list, scroller } = view;
    list.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    list.addEventListener('click', (event) => {
      this.onClick(event);
    });
    list.addEventListener('contextmenu', (event) => {
      this.onMenu(event);
    });
    list.addEventListener('blur', () => {
      hover.hide();
    });
    // A click beside the rows focuses the scroller; the keyboard belongs to the tree.
    scroller.addEventListener('focus', () => {
      view.focus();
    });
    scroller.addEventListener('scroll', () => {
      hover.hide();
    });
    list.addEventListener('pointerover', (event) => {
      if (buttonAt(event.target)) hover.hide();
      else this.planHover(view.rowAt(event.target), 'pointer');
    });
    scroller.addEventListener('pointerleave', (event) => {
      if (event.relatedTarget !== hover.element) hover.hide();
    });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.hover.isShown) {
      this.hover.hide();
      return;
    }
    let action = keyAction(event, this.tree, this.view.active, this.view.pageRows);
    const nowMs = performance.now();
    if (action?.do === 'toggle' && this.typeAhead.isTyping(nowMs)) action = { do: 'type', character: ' ' };
    if (action === null) return;
    event.preventDefault();
    this.hover.hide();
    this.act(action, nowMs);
  }

  private act(action: KeyAction, nowMs: number): void {
    const { active } = this.view;
    switch (action.do) {
      case 'move':
        this.moveTo(action.to);
        break;
      case 'setOpen':
        this.setOpen(active, action.open);
        break;
      case 'openSiblings':
        this.openSiblings(active);
        break;
      case 'enter':
        this.enter(active, false);
        break;
      case 'toggle':
        this.toggle(active);
        break;
      case 'filter':
        this.events.filter();
        break;
      case 'type': {
        const found = this.typeAhead.find(action.character, this.tree, active, nowMs);
        if (found !== -1) this.moveTo(found);
        break;
      }
    }
  }

  private onClick(event: MouseEvent): void {
    const index = this.view.rowAt(event.target);
    if (index === -1) return;
    this.hover.hide();
    this.view.activate(index);
    this.events.moved();
    const command = buttonAt(event.target);
    if (command) {
      this.events.post({ type: 'rowAct', command, row: rowTarget(this.tree.row(index)) });
      return;
    }
    const onTwistie = event.target instanceof Element && event.target.closest('.twistie') !== null;
    const isDouble = event.detail === 2 && !onTwistie;
    const row = this.tree.row(index);
    const toSide = event.ctrlKey || event.metaKey || event.altKey;
    const isText = row.kind === 'document' || row.kind === 'part';
    if (row.open === null || (isText && (isDouble || toSide))) this.enter(index, toSide);
    else if (!isDouble) this.toggle(index);
  }

  /** The editor shows the menu of the row that the event comes from; from the keyboard it comes from the tree as a whole. */
  private onMenu(event: MouseEvent): void {
    this.hover.hide();
    const index = this.view.rowAt(event.target);
    if (index !== -1) {
      this.view.activate(index);
      return;
    }
    const row = this.view.elementOf(this.view.active);
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    this.view.activate(this.view.active);
    const { left, bottom } = row.getBoundingClientRect();
    const place = { clientX: left + menuIndent, clientY: bottom };
    row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }));
  }

  private moveTo(index: number): void {
    this.view.activate(index);
    this.planHover(index, 'keyboard');
    this.events.moved();
  }

  private setOpen(index: number, open: boolean): void {
    this.events.change(() => {
      this.tree.setOpen(index, open);
    });
  }

  private toggle(index: number): void {
    const { open } = this.tree.row(index);
    if (open !== null) this.setOpen(index, !open);
  }

  private openSiblings(index: number): void {
    let tooMany = 0;
    this.events.change(() => {
      tooMany = this.tree.openSiblings(index);
    });
    const count = wholeNumber(tooMany);
    this.events.say(tooMany === 0 ? '' : `${count} rows are too many to open at once. Filter first.`);
  }

  /** Opens what the row stands for in the editor; rows that stand for nothing there open or close. */
  private enter(index: number, toSide: boolean): void {
    if (index === -1) return;
    const row = this.tree.row(index);
    if (!('document' in row) || row.kind === 'parent' || row.kind === 'fold') {
      this.toggle(index);
      return;
    }
    this.events.post({ type: 'open', id: row.document.id, label: rowTarget(row).label, toSide });
  }

  private planHover(index: number, by: 'pointer' | 'keyboard'): void {
    const owner = index === -1 ? null : this.view.elementOf(index);
    const state = this.events.state();
    if (owner === null || state === null) return;
    this.hover.plan(owner, by, () => {
      const at = this.view.rowAt(owner);
      return at === -1 ? [] : hoverContent(this.tree.row(at), state);
    });
  }
}
