// The statement that a command checks: the selected text, else what the user types.
import * as vscode from 'vscode';
import { statementsOf } from '../../core/check/statements';
import { oneLine } from '../../core/readablePassage';
import type { Span } from '../../core/tagResult';

export interface AskedStatement {
  readonly statement: string;
  /** Where it was selected: a statement is no evidence for itself. */
  readonly from: { readonly uri: string; readonly span: Span } | null;
}

/** Null where the user gives none. */
export async function askStatement(editor: vscode.TextEditor | undefined): Promise<AskedStatement | null> {
  // Wrapped over lines it is one statement; as an item of a list it has a mark.
  const selected = editor ? oneLine(statementsOf(editor.document.getText(editor.selection)).join(' ')) : '';
  if (editor && selected !== '') {
    const { document, selection } = editor;
    const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
    return { statement: selected, from: { uri: document.uri.toString(), span } };
  }
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Check Statement'),
    prompt: vscode.l10n.t('A sentence that is true or false, such as “The office is closed on Friday”.'),
    ignoreFocusOut: true,
  });
  const statement = oneLine(typed ?? '');
  return statement === '' ? null : { statement, from: null };
}
