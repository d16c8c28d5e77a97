// The keyboard of the tree, after the ARIA tree pattern. Says what a key means; the page does it.
import type { TagTree } from '../../src/core/tree/tagTree';
import type { Row } from '../../src/core/tree/treeTypes';
import { nameParts, noneText, rejectedText, restTitles } from '../../src/core/tree/words';

export type KeyAction =
  | { readonly do: 'move'; readonly to: number }
  /** Moves, and selects all rows on the way. */
  | { readonly do: 'extend'; readonly to: number }
  /** The editor has a command for it. */
  | { readonly do: 'leave'; readonly character: string }
  | { readonly do: 'setOpen'; readonly open: boolean }
  | { readonly do: 'openSiblings' }
  /** Opens what the row stands for in the editor, or opens the row where it stands for nothing. */
  | { readonly do: 'enter' }
  | { readonly do: 'toggle' }
  | { readonly do: 'filter' }
  | { readonly do: 'type'; readonly character: string };

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Letters that bindings of the manifest have commands for; with Shift they are type-ahead like all others, but for U. */
const commandLetters = 'armnu';

/** What a key does while row `active` of the tree has the focus; null where the key is not ours. */
export function keyAction(event: Key, tree: TagTree, active: number, pageRows: number): KeyAction | null {
  if (event.altKey) return null;
  // The others with Ctrl or Cmd are bindings of the manifest, which the editor runs and the user may change. This one too; but what
  // is typed right after it is meant for the filter, which has to be open by then.
  if (event.ctrlKey || event.metaKey)
    return !event.shiftKey && event.key.toLowerCase() === 'f' ? { do: 'filter' } : null;
  if (active === -1) return null;
  const to = moveTo(event.key, tree.length - 1, active, pageRows);
  if (to !== null) return { do: event.shiftKey ? 'extend' : 'move', to };
  switch (event.key) {
    case 'ArrowRight':
      return goIn(tree, active);
    case 'ArrowLeft':
      return goOut(tree, active);
    case '*':
      return { do: 'openSiblings' };
    case 'Enter':
      return { do: 'enter' };
    case ' ':
      return { do: 'toggle' };
    default:
      return letter(event);
  }
}

function moveTo(key: string, last: number, active: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return Math.min(last, active + pageRows);
    case 'PageUp':
      return Math.max(0, active - pageRows);
    default:
      return null;
  }
}

function letter({ key, shiftKey }: Key): KeyAction | null {
  if (!/^.$/u.test(key)) return null;
  // With the caps lock on, a letter is a capital one without Shift.
  const low = key.toLowerCase();
  const isCommand = commandLetters.includes(low) && (!shiftKey || low === 'u');
  return { do: isCommand ? 'leave' : 'type', character: key };
}

function goIn(tree: TagTree, active: number): KeyAction | null {
  const row = tree.row(active);
  if (row.open === null) return null;
  if (!row.open) return { do: 'setOpen', open: true };
  const hasChild = active + 1 < tree.length && tree.row(active + 1).level > row.level;
  return hasChild ? { do: 'move', to: active + 1 } : null;
}

function goOut(tree: TagTree, active: number): KeyAction | null {
  if (tree.row(active).open === true) return { do: 'setOpen', open: false };
  const parent = tree.parentOf(active);
  return parent === -1 ? null : { do: 'move', to: parent };
}

/** Type-ahead: collects what is typed quickly and finds the next row that begins with it. */
export class TypeAhead {
  private typed = '';
  private lastMs = -Infinity;

  /** Characters typed within `pauseMs` of each other belong together. */
  constructor(readonly pauseMs = 700) {}

  clear(): void {
    this.typed = '';
  }

  /** True while a space would belong to what is being typed. */
  isTyping(nowMs: number): boolean {
    return this.typed !== '' && nowMs - this.lastMs < this.pauseMs;
  }

  /** Number of the row to go to, or -1. One letter again and again goes through the rows that begin with it. */
  find(character: string, tree: TagTree, active: number, nowMs: number): number {
    if (!this.isTyping(nowMs)) this.typed = '';
    this.lastMs = nowMs;
    this.typed += character.toLowerCase();
    const first = String.fromCodePoint(this.typed.codePointAt(0) ?? 0);
    const repeated = this.typed.replaceAll(first, '') === '';
    const prefix = repeated ? first : this.typed;
    const start = repeated ? active + 1 : active;
    for (let step = 0; step < tree.length; step++) {
      const index = (start + step) % tree.length;
      if (startsWith(tree.row(index), prefix)) return index;
    }
    return -1;
  }
}

function startsWith(row: Row, prefix: string): boolean {
  if (row.kind !== 'document') return textOf(row).toLowerCase().startsWith(prefix);
  const { title } = row.document;
  const { name } = nameParts(row.document);
  return (!row.short && title.toLowerCase().startsWith(prefix)) || name.toLowerCase().startsWith(prefix);
}

function textOf(row: Exclude<Row, { readonly kind: 'document' }>): string {
  switch (row.kind) {
    case 'folder':
    case 'label':
    case 'part':
    case 'parent':
    case 'score':
    case 'review':
      return row.name;
    case 'rejectedFold':
      return rejectedText(row.count);
    case 'rest':
      return restTitles[row.rest];
    case 'fold':
      return String(row.count);
    case 'none':
      return noneText(row.document);
    case 'given':
      return 'given';
    case 'skipped':
    case 'loading':
      return '';
  }
}
