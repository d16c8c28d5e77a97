// The quick pick that the extension has open: a test types into it and reads what it lists.
import * as vscode from 'vscode';
import { until } from './until';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

/** Runs the command until its quick pick is shown, lets the test use it, and waits until the command has ended. */
export async function withQuickPick(
  command: () => PromiseLike<unknown>,
  use: (pick: Pick) => Promise<void>,
): Promise<void> {
  const window = vscode.window as unknown as { createQuickPick: () => Pick };
  const before = window.createQuickPick;
  let made: Pick | null = null;
  window.createQuickPick = () => (made = before.call(vscode.window));
  let running: PromiseLike<unknown>;
  try {
    running = command();
    await until('the quick pick is open', () => made !== null);
  } finally {
    window.createQuickPick = before;
  }
  const pick = made as Pick | null;
  if (!pick) throw new Error('there is no quick pick');
  try {
    await use(pick);
  } finally {
    pick.hide();
  }
  await running;
}

/** Types and waits until the list is another one; returns its labels. */
export async function type(pick: Pick, text: string): Promise<string[]> {
  const before = pick.items;
  pick.value = text;
  await until(`the list for “${text}” is there`, () => pick.items !== before);
  return pick.items.map(({ label }) => label);
}
