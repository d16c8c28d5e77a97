// Answers what a command asks one after another: quick picks by their labels, input boxes by a text. Tests and extension share
// one `vscode` object.
import * as vscode from 'vscode';

export interface Answers {
  /** Labels to pick, in the order of the questions; a list where several may be picked. */
  readonly picks: readonly (string | readonly string[])[];
  /** What is typed into the input box, or into one after another. */
  readonly input?: string | readonly string[];
}

type Item = string | vscode.QuickPickItem;
interface Window {
  showQuickPick: (items: readonly Item[] | Thenable<readonly Item[]>) => Promise<Item | Item[] | undefined>;
  showInputBox: (options?: vscode.InputBoxOptions) => Promise<string | undefined>;
}

const labelOf = (item: Item) => (typeof item === 'string' ? item : item.label);

/** Runs the action; fails where an answer is not among what is offered, or was not asked for. */
export async function answering<T>({ picks, input }: Answers, action: () => PromiseLike<T>): Promise<T> {
  const window = vscode.window as unknown as Window;
  const { showQuickPick, showInputBox } = window;
  const left = [...picks];
  const inputs = typeof input === 'object' ? input.values() : null;
  const typedNext = () => (typeof input === 'object' ? inputs?.next().value : input);
  window.showQuickPick = async (items) => {
    const all = await items;
    const answer = left.shift();
    const itemOf = (label: string | undefined) => {
      const picked = all.find((item) => labelOf(item) === label);
      if (!picked) throw new Error(`“${String(label)}” is not among ${all.map(labelOf).join(', ')}`);
      return picked;
    };
    return Array.isArray(answer) ? (answer as readonly string[]).map(itemOf) : itemOf(answer as string | undefined);
  };
  window.showInputBox = async (options) => {
    const typed = typedNext();
    const complaint = await options?.validateInput?.(typed ?? '');
    if (complaint) throw new Error(typeof complaint === 'string' ? complaint : complaint.message);
    return typed;
  };
  try {
    const result = await action();
    if (left.length > 0) throw new Error(`nothing asked for ${left.join(', ')}`);
    return result;
  } finally {
    Object.assign(window, { showQuickPick, showInputBox });
  }
}
