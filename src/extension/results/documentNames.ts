// How documents and selections are called in the view, and which documents are files of the workspace.
import * as vscode from 'vscode';
import { isMarkdownName } from '../../core/markdownLines';
import { baseName } from '../../workspace/find/globs';
import { fileOf } from '../../workspace/split/parts';

export interface DocumentName {
  readonly title: string;
  /** Folders above the document, the workspace folder first where there are several. */
  readonly folders: readonly string[];
}

/** Its results are at home in the index; those of all other texts in memory. */
export function isWorkspaceFile(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

export function nameOf(uri: vscode.Uri): DocumentName {
  const cell = cellOf(uri);
  const file = cell?.notebook.uri ?? uri;
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const folder = vscode.workspace.getWorkspaceFolder(file);
  const path = folder
    ? vscode.workspace.asRelativePath(file, several)
    : file.scheme === 'untitled'
      ? file.path
      : baseName(file.path);
  const title = cell ? vscode.l10n.t('{0}, cell {1}', path, cell.index + 1) : path;
  return { title, folders: folder ? path.split('/').slice(0, -1) : [] };
}

/** `name:first-last`, with lines counted from 1. */
export function selectionTitle(uri: vscode.Uri, range: vscode.Range): string {
  const first = range.start.line + 1;
  // A selection that ends before the first character of a line does not show that line as selected.
  const last = range.end.character === 0 && range.end.line > range.start.line ? range.end.line : range.end.line + 1;
  return first === last ? `${nameOf(uri).title}:${first}` : `${nameOf(uri).title}:${first}-${last}`;
}

/** The notebook cell whose editor shows this document; undefined for ordinary documents. */
export function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  const key = uri.toString();
  for (const notebook of vscode.workspace.notebookDocuments)
    for (const cell of notebook.getCells()) if (cell.document.uri.toString() === key) return cell;
  return undefined;
}

/** By its name, or by its language where it is open. `id`: a document's, a part's, or a selection's. */
export function isMarkdown(id: string): boolean {
  const uri = id.replace(/^selection:(.*)#\d+-\d+$/u, '$1');
  if (isMarkdownName(fileOf(uri))) return true;
  return vscode.workspace.textDocuments.some((one) => one.languageId === 'markdown' && one.uri.toString() === uri);
}
