// The buttons at the end of a row, for the pointer. The keyboard has keys, the row's menu and the commands behind them.
import { canDecide } from '../../src/core/tree/decisions';
import type { Row } from '../../src/core/tree/treeTypes';
import type { ViewRowCommand } from '../../src/shared/viewMessages';
import { viewRowCommands } from '../../src/shared/viewMessages';
import { element, icon } from './dom';

const decideButtons = ['accept', 'reject'] as const;

type Button =
  | { readonly command: ViewRowCommand; readonly decide?: never }
  | { readonly decide: (typeof decideButtons)[number]; readonly command?: never };

const looks = {
  tagAgain: { icon: 'refresh', title: 'Tag Again' },
  openRowToSide: { icon: 'split-horizontal', title: 'Open to the Side' },
  previousPassage: { icon: 'arrow-up', title: 'Previous Passage' },
  nextPassage: { icon: 'arrow-down', title: 'Next Passage' },
  accept: { icon: 'check', title: 'Accept (A)' },
  reject: { icon: 'close', title: 'Reject (R)' },
} as const;

/** Tells the row's style how much of it the buttons cover: all of them, and those that stay without the pointer. */
export function roomForButtons(target: HTMLElement, row: Row): void {
  const buttons = buttonsOf(row);
  target.style.setProperty('--all', String(buttons.length));
  target.style.setProperty('--deciding', String(buttons.filter(({ decide }) => decide !== undefined).length));
}

/** Nothing where the row has none. */
export function rowButtons(row: Row): HTMLElement[] {
  const buttons = buttonsOf(row);
  if (buttons.length === 0) return [];
  const all = element('span', 'row-buttons', ...buttons.map(buttonElement));
  if (buttons.some(({ decide }) => decide !== undefined)) all.classList.add('deciding');
  // Not read out with each row: screen readers reach the same through the menu.
  all.setAttribute('aria-hidden', 'true');
  return [all];
}

/** The button that was clicked, or null. */
export function buttonAt(target: EventTarget | null): Button | null {
  const button = target instanceof Element ? target.closest<HTMLElement>('.row-button') : null;
  const act = button?.dataset['act'];
  const command = viewRowCommands.find((one) => one === act);
  const decide = decideButtons.find((one) => one === act);
  return command ? { command } : decide ? { decide } : null;
}

function buttonElement(button: Button): HTMLElement {
  const look = looks[button.command ?? button.decide];
  const one = element('span', button.command ? 'row-button by-command' : 'row-button', icon(look.icon));
  one.title = look.title;
  one.dataset['act'] = button.command ?? button.decide;
  return one;
}

function buttonsOf(row: Row): readonly Button[] {
  switch (row.kind) {
    case 'document': {
      const open = { command: 'openRowToSide' } as const;
      return row.document.partsOnly === true ? [open] : [{ command: 'tagAgain' }, open];
    }
    case 'part':
      return [{ command: 'tagAgain' }, { command: 'openRowToSide' }];
    case 'score': {
      const passages = [{ command: 'previousPassage' }, { command: 'nextPassage' }] as const;
      const isTag = row.score.tag || row.score.decided !== undefined;
      return [...(isTag ? deciding(row) : []), ...(row.score.tag ? passages : [])];
    }
    case 'review':
      return deciding(row);
    default:
      return [];
  }
}

function deciding(row: Row): readonly Button[] {
  return decideButtons.filter((act) => canDecide(row, act)).map((decide) => ({ decide }));
}
