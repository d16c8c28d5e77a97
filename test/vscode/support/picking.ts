// Answers a quick pick as a user would. Tests and extension share one `vscode` object.
import * as vscode from 'vscode';

type Items = readonly (string | vscode.QuickPickItem)[];
type Show = (items: Items | Thenable<Items>) => Thenable<unknown>;

/** Runs the action and picks the item with this label; returns the labels that were offered. */
export async function picking(label: string, action: () => PromiseLike<unknown>): Promise<string[]> {
  const window = vscode.window as unknown as { showQuickPick: Show };
  const before = window.showQuickPick;
  const offered: string[] = [];
  window.showQuickPick = async (items) => {
    const all = await items;
    offered.push(...all.map((item) => (typeof item === 'string' ? item : item.label)));
    return all.find((item) => (typeof item === 'string' ? item : item.label) === label);
  };
  try {
    await action();
  } finally {
    window.showQuickPick = before;
  }
  return offered;
}
