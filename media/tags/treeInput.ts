// What the user does in the tree: keys, clicks, the pointer over a row.
import { rowTarget } from '../../src/core/tree/rowTarget';
import type { DecideAct } from '../../src/core/tree/decisions';
import type { RowName, TagTree } from '../../src/core/tree/tagTree';
import { wholeNumber } from '../../src/core/countText';
import type { FromView, ViewState } from '../../src/shared/viewMessages';
import { Decider } from './decider';
import type { Hover } from './hover';
import { hoverContent } from './hover';
import type { KeyAction } from './keyboard';
import { keyAction, TypeAhead } from './keyboard';
import { buttonAt } from './rowButtons';
import type { TreeView } from './treeView';
import type { HoverCause, WhatMoved } from './whatMoved';

/** Where the menu of the keyboard opens, from the row's left end. */
const menuIndent = 30;

export interface TreeInputEvents {
  /** Changes the tree, then draws it. */
  change(act: () => void): void;
  /** The active row is another one. */
  moved(): void;
  filter(): void;
  post(message: FromView): void;
  /** A name is being typed, and letters within `pauseMs` go on with it; 0: no longer. */
  typing(pauseMs: number): void;
  /** Says something to screen readers; empties what was said before. */
  say(text: string): void;
  state(): ViewState | null;
  /** Of the labels whose numbers the rows have. */
  labelsId(): string;
}

export class TreeInput {
  private readonly typeAhead = new TypeAhead();
  private readonly decider: Decider;
  /** The row where a name was begun, by one letter so far. */
  private typedFrom: RowName | null = null;

  constructor(
    private readonly tree: TagTree,
    private readonly view: TreeView,
    private readonly hover: Hover,
    private readonly whatMoved: WhatMoved,
    private readonly events: TreeInputEvents,
  ) {
    const { list, scroller } = view;
    this.decider = new Decider(tree, view, {
      post: (act, rows) => {
        events.post({ type: 'decide', act, rows, labelsId: events.labelsId() });
      },
      say: (text) => {
        events.say(text);
      },
      moveTo: (index) => {
        this.goTo(index);
      },
    });
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
      this.decider.forgetKey();
      this.typedFrom = null;
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

  /** A command without rows has come. */
  decide(act: DecideAct): void {
    if (this.typedFrom !== null) {
      // The letter was that command's, and looked for nothing.
      this.goTo(this.tree.find(this.typedFrom));
      this.typedFrom = null;
      this.typeAhead.clear();
      this.tellTyping(0);
    }
    this.decider.decide(act);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.hover.isShown) {
      this.hover.hide();
      return;
    }
    if (event.key === 'Escape' && !this.view.selection.isEmpty) {
      event.preventDefault();
      this.view.selection.clear();
      this.view.draw();
      return;
    }
    let action = keyAction(event, this.tree, this.view.active, this.view.pageRows);
    const nowMs = performance.now();
    const isTyping = this.typeAhead.isTyping(nowMs);
    if (isTyping) action = typed(action, this.tree.review !== null);
    this.noteKey(action, isTyping);
    if (action === null || action.do === 'leave') return;
    event.preventDefault();
    this.hover.hide();
    this.act(action, nowMs);
  }

  /** The user may have bound any key to a command, which comes only later; letters of a name that is being typed are no commands. */
  private noteKey(action: KeyAction | null, isTyping: boolean): void {
    const isTyped = action?.do === 'type';
    this.typedFrom = isTyped && !isTyping ? this.tree.nameOf(this.view.active) : null;
    if (isTyped && isTyping && this.tree.review === null) this.decider.noKey();
    else if (isTyped || action === null || action.do === 'leave') this.decider.keyPressed();
  }

  /** In the queue letters decide at any time. */
  private tellTyping(pauseMs: number): void {
    if (this.tree.review === null) this.events.typing(pauseMs);
  }

  private act(action: Exclude<KeyAction, { readonly do: 'leave' }>, nowMs: number): void {
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
      case 'extend':
        this.view.selection.extend(active, action.to);
        this.goTo(action.to);
        break;
      case 'type': {
        this.tellTyping(this.typeAhead.pauseMs);
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
    const button = buttonAt(event.target);
    if (button === null && this.select(event, index)) return;
    if (button === null) this.view.selection.clear();
    this.view.activate(index);
    this.events.moved();
    if (button !== null) {
      if (button.decide) this.decider.decideAt(index, button.decide);
      else {
        const row = rowTarget(this.tree.row(index));
        this.events.post({ type: 'rowAct', command: button.command, row, labelsId: this.events.labelsId() });
      }
      return;
    }
    const onTwistie = event.target instanceof Element && event.target.closest('.twistie') !== null;
    const isDouble = event.detail === 2 && !onTwistie;
    const row = this.tree.row(index);
    const toSide = event.altKey;
    const isText = row.kind === 'document' || row.kind === 'part';
    if (row.open === null || (isText && (isDouble || toSide))) this.enter(index, toSide);
    else if (!isDouble) this.toggle(index);
  }

  /** With Shift all rows up to the one that is clicked are selected, with Ctrl or Cmd that one too; true where it was one of them. */
  private select(event: MouseEvent, index: number): boolean {
    const { selection, active } = this.view;
    if (event.shiftKey) selection.extend(active, index);
    else if (event.ctrlKey || event.metaKey) selection.toggle(active, index);
    else return false;
    this.view.activate(index);
    this.events.moved();
    return true;
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

  /** Whoever moves on leaves what was selected. */
  private moveTo(index: number): void {
    this.view.selection.clear();
    this.goTo(index);
  }

  private goTo(index: number): void {
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
    if (!('document' in row) || row.kind === 'parent' || row.kind === 'fold' || row.kind === 'rejectedFold') {
      this.toggle(index);
      return;
    }
    this.events.post({ type: 'open', id: row.document.id, label: rowTarget(row).label, toSide });
  }

  private planHover(index: number, by: HoverCause): void {
    const owner = index === -1 ? null : this.view.elementOf(index);
    const state = this.events.state();
    if (owner === null || state === null) return;
    this.hover.plan(owner, by, () => {
      const at = this.view.rowAt(owner);
      if (at === -1) return [];
      const row = this.tree.row(at);
      this.whatMoved.ask(row, owner, by);
      return hoverContent(row, state);
    });
  }
}

/** What a key means while a name is being typed. In the queue letters decide at any time, since whoever works there does not look. */
function typed(action: KeyAction | null, inQueue: boolean): KeyAction | null {
  if (action?.do === 'toggle') return { do: 'type', character: ' ' };
  return action !== null && 'character' in action && !inQueue ? { do: 'type', character: action.character } : action;
}
