// What the view "Answers" shows: a question or a statement, and the passages that answer it.
import type * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';

export interface Answer {
  readonly kind: 'passages' | 'check';
  /** The question or the statement, as it was asked. */
  readonly title: string;
  /** Beside the title: a verdict, a number of passages. */
  readonly description?: string;
  /** A sentence that stands above the passages: what was not read, what the model cannot say. */
  readonly notice?: string;
  readonly children: readonly (AnswerGroup | AnswerPassage)[];
  /** Asks once more, of the documents as they are by then; null where the user stopped it. Throws AppError. */
  again(): Promise<Answer | null>;
}

/** Passages that belong together: those that support a statement, those of one statement among several. */
export interface AnswerGroup {
  readonly title: string;
  readonly description?: string;
  readonly icon?: vscode.ThemeIcon;
  /** Shown with its rows hidden: a row of a table. */
  readonly isClosed?: boolean;
  readonly children: readonly (AnswerGroup | AnswerPassage)[];
}

/** UTF-16 offsets in the document as the editor has it. */
export interface AnswerPassage extends Span {
  /** Of the document; never of a part of it. */
  readonly uri: vscode.Uri;
  /** The passage, letter by letter: it is found again by it where the document has changed since. */
  readonly text: string;
  /** On which line it begins, from 1. */
  readonly line: number;
  /** Probability; null where there is none to show. */
  readonly score: number | null;
  /** In place of the file's own. */
  readonly icon?: vscode.ThemeIcon;
  /** Beside the place and the score. */
  readonly description?: string;
}
