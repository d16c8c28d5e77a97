// What a command of deciding is about: the rows or files that it comes with, the tree's active row, or what the editor shows.
import * as vscode from 'vscode';
import type { RowTarget } from '../../shared/viewMessages';
import type { PassageMarks } from '../editor/passageMarks';
import { documentRow, labelRow, type Targets } from './targets';

export class DecidedRows {
  constructor(
    private readonly targets: Targets,
    private readonly passages: PassageMarks,
    private readonly load: () => Promise<void>,
    private readonly activeRow: () => RowTarget | null,
  ) {}

  async of(
    uri?: vscode.Uri,
    uris?: readonly vscode.Uri[],
    _row?: RowTarget,
    rows: readonly RowTarget[] = [],
  ): Promise<readonly RowTarget[]> {
    // A command may be the first thing that happens in a window.
    await this.load();
    if (rows.length > 0) return rows;
    if (uri) return this.targets.rowsWithin(uris && uris.length > 0 ? uris : [uri]);
    const active = this.activeRow();
    if (active && (active.documentId !== null || active.folder !== null)) return [active];
    return this.ofEditor();
  }

  /** As `of`; without rows and files it is about everything in the view. */
  async manyOf(
    uri?: vscode.Uri,
    uris?: readonly vscode.Uri[],
    _row?: RowTarget,
    rows: readonly RowTarget[] = [],
  ): Promise<readonly RowTarget[]> {
    await this.load();
    if (rows.length > 0) return rows;
    if (uri) return this.targets.rowsWithin(uris && uris.length > 0 ? uris : [uri]);
    return this.targets.all();
  }

  /** The label whose marked passage the cursor is in, else the document. */
  private ofEditor(): RowTarget[] {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return [];
    const marked = this.passages.at(editor.document, editor.selection);
    return [marked ? labelRow(marked.id, marked.label) : documentRow(editor.document.uri.toString())];
  }
}
