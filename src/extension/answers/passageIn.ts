// A passage of a document as an answer shows it.
import type * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';
import { trimSpan } from '../../core/trimSpan';
import { positionAt } from '../../core/textPosition';
import type { AnswerPassage } from './answer';

/** A passage with a score to show. */
export type ScoredPassage = AnswerPassage & { readonly score: number };

/** `file`: the whole document, in which `span` counts. */
export function passageIn(uri: vscode.Uri, file: string, span: Span, score: number): ScoredPassage {
  const { start, end } = trimSpan(file, span);
  return { uri, start, end, text: file.slice(start, end), line: positionAt(file, start).line + 1, score };
}
