// Documents as the editor has them.
import * as vscode from 'vscode';

/** The document where it is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
}

/** The document, opened if need be; null where there is none any more. */
export async function documentAt(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return openDocument(uri) ?? (await vscode.workspace.openTextDocument(uri));
  } catch {
    return null;
  }
}

/** Documents of text in tabs, in the order of these; what extensions opened unseen is none. A tab that nobody has looked at yet has none. */
export function documentsInTabs(): vscode.TextDocument[] {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : [])),
  );
  return [...new Set(uris.flatMap((uri) => openDocument(uri) ?? []))];
}
