// A quick pick in which a search is typed (core/query): completions first, then what the search finds.
import * as vscode from 'vscode';
import { Completer } from '../../core/query/completions';

export interface SearchItem extends vscode.QuickPickItem {
  /** Put into the search instead of being picked: the whole text. */
  readonly insert?: string;
}

export interface SearchPickOptions<T extends SearchItem> {
  readonly title: string;
  readonly placeholder: string;
  /** Full names of the labels that searches are about. */
  readonly labels: readonly string[];
  /** Whether words of this text are to be completed; always where absent. */
  readonly completes?: (text: string) => boolean;
  /** What a search finds; called when typing pauses. */
  readonly list: (text: string, completer: Completer) => readonly (T | SearchItem)[];
}

const typingPauseMs = 120;
/** More would push what was found out of sight. */
const mostCompletions = 3;

/** The item that the user picked, and the search as it was then; undefined where the pick was left. */
export async function pickBySearch<T extends SearchItem>(
  options: SearchPickOptions<T>,
  isResult: (item: T | SearchItem) => item is T,
): Promise<{ readonly item: T; readonly text: string } | undefined> {
  const completer = new Completer(options.labels);
  const pick = vscode.window.createQuickPick<T | SearchItem>();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  const fill = () => {
    const { value } = pick;
    const completions = options.completes?.(value) === false ? [] : completionItems(completer, value);
    pick.items = [...completions, ...options.list(value, completer)];
  };
  fill();
  try {
    return await new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      pick.onDidChangeValue(() => {
        clearTimeout(timer);
        timer = setTimeout(fill, typingPauseMs);
      });
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item?.insert !== undefined) {
          pick.value = item.insert;
          fill();
        } else if (item && isResult(item)) resolve({ item, text: pick.value });
      });
      pick.onDidHide(() => {
        clearTimeout(timer);
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

/** The caret of a quick pick is not known; searches are mostly typed at their end. */
function completionItems(completer: Completer, text: string): SearchItem[] {
  const { from, items } = completer.complete(text);
  return items.slice(0, mostCompletions).map(({ insert, name }) => ({
    label: name,
    description: vscode.l10n.t('complete'),
    iconPath: new vscode.ThemeIcon('tag'),
    alwaysShow: true,
    insert: `${text.slice(0, from)}${insert} `,
  }));
}
