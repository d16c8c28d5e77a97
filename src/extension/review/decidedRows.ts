// What a command of deciding is about: the rows or files that it comes with, the tree's active row, or what the editor shows.
import * as vscode from 'vscode';
import type { RowTarget } from '../../shared/viewMessages';
import type { PassageMarks } from '../editor/passageMarks';
import type { Handler } from '../host/commands';
import { documentRow, labelRow, type Targets } from './targets';

/** What commands come with: files, the row that a menu was opened on, and all rows that were selected. */
type Named = Parameters<Handler>;

export class DecidedRows {
  constructor(
    private readonly targets: Targets,
    private readonly passages: PassageMarks,
    private readonly load: () => Promise<void>,
    private readonly activeRow: () => RowTarget | null,
  ) {}

  /** The command says itself what it is about. */
  areNamed(...[uri, , , rows = []]: Named): boolean {
    return uri !== undefined || rows.length > 0;
  }

  /** Without rows and files: the active row, or what the editor shows. */
  async of(...named: Named): Promise<readonly RowTarget[]> {
    return (await this.named(...named)) ?? this.active() ?? this.ofEditor();
  }

  /** Without rows and files: everything in the view. */
  async manyOf(...named: Named): Promise<readonly RowTarget[]> {
    return (await this.named(...named)) ?? this.targets.all();
  }

  private async named(...[uri, uris, , rows = []]: Named): Promise<readonly RowTarget[] | null> {
    // A command may be the first thing that happens in a window.
    await this.load();
    if (rows.length > 0) return rows;
    return uri ? this.targets.rowsWithin(uris && uris.length > 0 ? uris : [uri]) : null;
  }

  private active(): readonly RowTarget[] | null {
    const row = this.activeRow();
    return row && (row.documentId !== null || row.folder !== null) ? [row] : null;
  }

  /** The label whose marked passage the cursor is in, else the document. */
  private ofEditor(): RowTarget[] {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return [];
    const marked = this.passages.at(editor.document, editor.selection);
    return [marked ? labelRow(marked.id, marked.label) : documentRow(editor.document.uri.toString())];
  }
}
