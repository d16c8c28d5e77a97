// The status bar items that the extension makes. Loaded before the extension is activated; tests and extension share one `vscode`
// object.
import * as vscode from 'vscode';

const items: vscode.StatusBarItem[] = [];

const window = vscode.window as unknown as { createStatusBarItem: (...args: unknown[]) => vscode.StatusBarItem };
const create = window.createStatusBarItem;
window.createStatusBarItem = (...args) => {
  const item = create.apply(vscode.window, args);
  items.push(item);
  return item;
};

/** What the extension's one item says. */
export function statusText(): string {
  return onlyItem().text;
}

/** What it says under the pointer, in full. */
export function statusTooltip(): string {
  const { tooltip } = onlyItem();
  return typeof tooltip === 'string' ? tooltip : '';
}

function onlyItem(): vscode.StatusBarItem {
  const [item, ...others] = items;
  if (!item || others.length > 0) throw new Error(`the extension made ${items.length} status bar items`);
  return item;
}
