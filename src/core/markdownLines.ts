// What the lines of Markdown are: text, headings, or only marks. Sentences are better evidence than titles of what follows.
import type { Span } from './tagResult';

const fileName = /\.(?:md|markdown|mdown|mkdn?|mdx|qmd|rmd)$/iu;

/** Whether a file of this name holds Markdown. */
export function isMarkdownName(name: string): boolean {
  return fileName.test(name);
}

/** Opens or closes a block of code; the marks are its first group. */
export const fence = /^ {0,3}(`{3,}|~{3,})/u;
export const heading = /^ {0,3}#{1,6}(?:[ \t]+|$)/u;
/** A line of `=` or `-` makes a heading of the line before. */
const underline = /^ {0,3}(?:=+|-{2,})[ \t]*$/u;
const marks = [
  // Rules, and the borders of front matter; fences; the line under a table's head.
  /^[ \t]*(?:-[ \t]*){3,}$|^[ \t]*(?:\*[ \t]*){3,}$|^[ \t]*(?:_[ \t]*){3,}$|^[ \t]*=+[ \t]*$/u,
  /^[ \t]*(?:`{3,}|~{3,})/u,
  /^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?[ \t]*)?$/u,
  /^[ \t]*$/u,
];

/** A line that holds nothing but marks, or nothing at all. */
export function isMark(line: string): boolean {
  return marks.some((pattern) => pattern.test(line));
}

/** `next`: the line after it, where there is one. */
export function isHeading(line: string, next: string | undefined): boolean {
  return heading.test(line) || (next !== undefined && !isMark(line) && underline.test(next));
}

/**
 * Tells of passages of a text whether they say something by themselves: not if all their lines are headings, marks or front matter.
 * Where that ends is found once, for any number of passages.
 */
export function sentenceTest(text: string): (passage: Span) => boolean {
  const body = frontMatterEnd(text);
  return ({ start, end }) => {
    if (end <= body) return false;
    const after = text.slice(end, end + 200).split(/\r\n|\r|\n/u);
    // What follows on the same line belongs to another passage; the line after it may underline a heading.
    const lines = [...text.slice(start, end).split(/\r\n|\r|\n/u), ...after.slice(1, 2)];
    return lines
      .slice(0, lines.length - (after.length > 1 ? 1 : 0))
      .some((line, at) => !isMark(line) && !isHeading(line, lines[at + 1]));
  };
}

/** Offset behind the YAML or TOML block at the top; 0 where there is none. */
function frontMatterEnd(text: string): number {
  const border = /^(?:---|\+\+\+)[ \t]*(?=\r?\n)/u.exec(text)?.[0].trim();
  if (border === undefined) return 0;
  const close = text.indexOf(`\n${border}`, border.length);
  return close === -1 ? 0 : close + 1 + border.length;
}
