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
