// The buttons at the end of a row, for the pointer. The keyboard has the row's menu and the commands behind them.
import type { Row } from '../../src/core/tree/treeTypes';
import type { ViewRowCommand } from '../../src/shared/viewMessages';
import { viewRowCommands } from '../../src/shared/viewMessages';
import { element, icon } from './dom';

const looks: Readonly<Record<ViewRowCommand, { readonly icon: string; readonly title: string }>> = {
  tagAgain: { icon: 'refresh', title: 'Tag Again' },
  openRowToSide: { icon: 'split-horizontal', title: 'Open to the Side' },
  previousPassage: { icon: 'arrow-up', title: 'Previous Passage' },
  nextPassage: { icon: 'arrow-down', title: 'Next Passage' },
};

/** Nothing where the row has none. */
export function rowButtons(row: Row): Node[] {
  const commands = commandsOf(row);
  if (commands.length === 0) return [];
  const buttons = commands.map((command) => {
    const made = element('span', 'row-button', icon(looks[command].icon));
    made.dataset['act'] = command;
    made.title = looks[command].title;
    return made;
  });
  const all = element('span', 'row-buttons', ...buttons);
  // Not read out with each row: screen readers reach the same through the menu.
  all.setAttribute('aria-hidden', 'true');
  return [all];
}

/** The command of the button that was clicked, or null. */
export function buttonAt(target: EventTarget | null): ViewRowCommand | null {
  const button = target instanceof Element ? target.closest<HTMLElement>('.row-button') : null;
  return viewRowCommands.find((command) => command === button?.dataset['act']) ?? null;
}

function commandsOf(row: Row): readonly ViewRowCommand[] {
  switch (row.kind) {
    case 'document':
      return row.document.partsOnly === true ? ['openRowToSide'] : ['tagAgain', 'openRowToSide'];
    case 'part':
      return ['tagAgain', 'openRowToSide'];
    case 'score':
      return row.score.tag ? ['previousPassage', 'nextPassage'] : [];
    default:
      return [];
  }
}
