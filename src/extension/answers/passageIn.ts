// A passage of a document as an answer shows it.
import type * as vscode from 'vscode';
import { lineCounter } from '../../core/lineCounter';
import type { Span } from '../../core/tagResult';
import { trimSpan } from '../../core/trimSpan';
import type { AnswerPassage } from './answer';

/** A passage with a score to show. */
export type ScoredPassage = AnswerPassage & { readonly score: number };

/** A whole document: made once for all of its passages, whose lines are then found in one go. */
export interface PassageFile {
  readonly text: string;
  readonly lineOf: (offset: number) => number;
}

export function passageFile(text: string): PassageFile {
  return { text, lineOf: lineCounter(text) };
}

/** `span` counts in the file. */
export function passageIn(uri: vscode.Uri, { text, lineOf }: PassageFile, span: Span, score: number): ScoredPassage {
  const { start, end } = trimSpan(text, span);
  return { uri, start, end, text: text.slice(start, end), line: lineOf(start), score };
}
