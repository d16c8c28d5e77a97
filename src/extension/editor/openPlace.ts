// Opens a document at a passage: selected, in the middle of the editor; a folder in the explorer. Works for files, untitled documents and notebook cells.
import * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';
import { cellOf } from '../results/documentNames';
import { trimSpan } from '../../core/trimSpan';
import type { Place } from '../results/resultHome';

/** `preserveFocus`: as a preview, and the keyboard stays where it is. */
export async function openPlace(
  { uri, span, folder, cell: number }: Place,
  toSide: boolean,
  preserveFocus = false,
): Promise<void> {
  if (folder === true) {
    await vscode.commands.executeCommand('revealInExplorer', uri);
    return;
  }
  const viewColumn = toSide ? vscode.ViewColumn.Beside : undefined;
  const cell = cellOf(uri);
  if (cell) {
    await openCell(cell, span, viewColumn, preserveFocus);
    return;
  }
  if (number !== undefined) {
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    if (number < notebook.cellCount) {
      await openCell(notebook.cellAt(number), null, viewColumn, preserveFocus);
      return;
    }
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = span === null ? undefined : selectionOf(document, span);
  const editor = await vscode.window.showTextDocument(document, {
    ...(viewColumn === undefined ? {} : { viewColumn }),
    ...(selection ? { selection } : {}),
    ...(preserveFocus ? { preview: true } : {}),
    preserveFocus,
  });
  if (selection) editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function openCell(
  cell: vscode.NotebookCell,
  span: Span | null,
  viewColumn: vscode.ViewColumn | undefined,
  preserveFocus: boolean,
): Promise<void> {
  const range = new vscode.NotebookRange(cell.index, cell.index + 1);
  const notebook = await vscode.window.showNotebookDocument(cell.notebook, {
    ...(viewColumn === undefined ? {} : { viewColumn }),
    selections: [range],
    preserveFocus,
  });
  notebook.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document === cell.document);
  if (!editor || span === null) return;
  editor.selection = selectionOf(cell.document, span);
  editor.revealRange(editor.selection);
}

function selectionOf(document: vscode.TextDocument, span: Span): vscode.Selection {
  const { start, end } = trimSpan(document.getText(), span);
  return new vscode.Selection(document.positionAt(start), document.positionAt(end));
}
