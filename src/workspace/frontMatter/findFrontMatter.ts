// Finds the YAML front matter of a Markdown text: where it is, and its line ending.
import { AppError } from '../../shared/errors';

export interface FrontMatter {
  /** UTF-16 offsets of the YAML between the fences; `end` is where the closing fence begins. */
  readonly start: number;
  readonly end: number;
}

/** Where front matter begins: after a byte order mark. */
export function textStart(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

/** The text's first line ending; `\n` where there is none. */
export function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** Null where the text has none. Throws AppError `input-invalid` when it begins and never ends. */
export function findFrontMatter(text: string): FrontMatter | null {
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(textStart(text)));
  if (!opening) return null;
  const start = textStart(text) + opening[0].length;
  const closing = /^(?:---|\.\.\.)[ \t]*$/gm;
  closing.lastIndex = start;
  const fence = closing.exec(text);
  if (!fence) {
    throw new AppError(
      'input-invalid',
      'The document begins with “---”, but no second “---” closes the front matter. Close it, or remove the first line.',
    );
  }
  return { start, end: fence.index };
}
