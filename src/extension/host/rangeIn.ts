// Places in a text that no document holds, as the editor counts them.
import * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';

/** Splits the text up to the span's end: cheap near its start. */
export function rangeIn(text: string, { start, end }: Span): vscode.Range {
  return new vscode.Range(positionAt(text, start), positionAt(text, end));
}

function positionAt(text: string, offset: number): vscode.Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
