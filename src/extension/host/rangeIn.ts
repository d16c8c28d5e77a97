// Places in a text that no document holds, as the editor counts them.
import * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';
import { positionAt } from '../../core/textPosition';

/** Splits the text up to the span's end: cheap near its start. */
export function rangeIn(text: string, { start, end }: Span): vscode.Range {
  const [first, last] = [positionAt(text, start), positionAt(text, end)];
  return new vscode.Range(first.line, first.character, last.line, last.character);
}
