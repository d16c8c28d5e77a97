// The extension under test, and what the tests need to see of it.
import path from 'node:path';
import * as vscode from 'vscode';
import type { ApiDocument, GlitagApi } from '../../../src/extension/api/api';

export function extension(): vscode.Extension<GlitagApi> {
  const found = vscode.extensions.getExtension<GlitagApi>('glitag.glitag');
  if (!found) throw new Error('VS Code does not know the extension glitag.glitag');
  return found;
}

export async function api(): Promise<GlitagApi> {
  return extension().activate();
}

/** Folder of a model of a few kilobytes whose weights are random numbers. */
export function goldenModel(name: string): string {
  return path.join(extension().extensionPath, 'test/golden/models', name);
}

/** The view's row for a document as a whole. */
export async function rowOf(uri: vscode.Uri): Promise<ApiDocument | undefined> {
  return (await api()).documents().find(({ id }) => id === uri.toString());
}

/** The view's rows for parts of a document, in the view's order. */
export async function selectionsOf(uri: vscode.Uri): Promise<ApiDocument[]> {
  return (await api()).documents().filter(({ id }) => id.startsWith(`selection:${uri.toString()}#`));
}

/** Names of the tags of the document as a whole; fails where it has no row. */
export async function tagsOf(uri: vscode.Uri): Promise<string[]> {
  const row = await rowOf(uri);
  if (!row) throw new Error(`${uri.toString()} has no row in the view`);
  return row.tags.map(({ label }) => label);
}

/** A file of the workspace's first folder. */
export function file(name: string, folder = 0): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[folder];
  if (!root) throw new Error(`the window has no folder ${folder}`);
  return vscode.Uri.joinPath(root.uri, name);
}

/** Shows a document with these selections, given as [start line, end line]: whole lines. */
export async function show(
  document: vscode.TextDocument,
  ...lines: readonly (readonly [number, number])[]
): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const selections = lines.map(([start, end]) => {
    return new vscode.Selection(start, 0, end, document.lineAt(end).text.length);
  });
  editor.selections = selections.length > 0 ? selections : [new vscode.Selection(0, 0, 0, 0)];
  return editor;
}

export async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
