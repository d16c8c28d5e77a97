// A text that is read by itself, and where its characters stand in the file that it was taken from.
import type { Span } from './tagResult';

/**
 * Pairs of offsets [in the text, in the file], ascending: from there on to the next pair both go together character by character.
 * Empty where text and file are the same.
 */
export type TextRuns = readonly number[];

export interface Excerpt {
  /** Names it among the excerpts of its file; empty for the file as a whole. */
  readonly key: string;
  /** What people call it: `row 3`; empty for the file as a whole. */
  readonly name: string;
  readonly text: string;
  readonly runs: TextRuns;
  /** Tags that the author wrote into the document. */
  readonly given: readonly string[];
}

/** Where the character at `offset` of the text stands in the file; UTF-16 units. */
export function fileOffset(runs: TextRuns, offset: number): number {
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[2 * middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return offset;
  return (runs[2 * low - 1] ?? 0) + offset - (runs[2 * low - 2] ?? 0);
}

/** A passage of the text in the file. It ends with its last character, not where the next one stands. */
export function fileSpan<T extends Span>(runs: TextRuns, span: T): T {
  if (runs.length === 0) return span;
  const start = fileOffset(runs, span.start);
  const end = span.end > span.start ? fileOffset(runs, span.end - 1) + 1 : start;
  return { ...span, start, end };
}

/** Puts a text together from pieces of a file. */
export class ExcerptBuilder {
  text = '';
  readonly runs: number[] = [];

  /** `text` stands in the file at `at`, character by character. */
  add(text: string, at: number): void {
    if (text === '') return;
    const [length, offset] = this.runs.slice(-2);
    const expected = length === undefined || offset === undefined ? -1 : offset + this.text.length - length;
    if (at !== expected) this.runs.push(this.text.length, at);
    this.text += text;
  }
}
