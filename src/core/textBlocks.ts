// Finds the blocks of a text line by line: headings, fenced code, paragraphs, list items, and the lines of logs and code.
import { borders } from './borders';
import type { BorderMark } from './borders';
import { fence } from './markdownLines';

/** A block begins at `start` and ends where the next begins; blank lines belong to the block before them. */
export interface TextBlock extends BorderMark {
  /** Whether sentences are worth looking for: not in fenced code. */
  readonly sentences: boolean;
}

interface Line {
  readonly start: number;
  /** Its beginning, at most `headLength` units, which is all that tells what the line is. */
  readonly head: string;
  readonly length: number;
  /** Last visible character. */
  readonly last: string;
}

const headLength = 200;
const headingPattern = /^ {0,3}#{1,6}[ \t]+\S/;
const underlinePattern = /^ {0,3}(?:={2,}|-{3,})\s*$/;
const itemPattern = /^\s*(?:[-*+•]|\d{1,9}[.)])[ \t]+\S/;

/** Lines shorter than this are not wrapped prose. */
const wrappedLength = 40;

/** The blocks in order; the first begins at 0, so that leading blank lines are in it. None for the empty text. */
export function textBlocks(text: string, headings: boolean): TextBlock[] {
  const reader = new BlockReader(headings);
  for (let start = 0; start < text.length;) {
    const end = lineEnd(text, start);
    reader.line(text, start, end);
    start = end;
  }
  return reader.finish(text);
}

class BlockReader {
  private readonly blocks: TextBlock[] = [];
  private paragraph: Line[] = [];
  private fence: string | null = null;
  /** Strength of the border before the next block; kept low after a heading, which belongs to what follows. */
  private border: BorderMark['border'] = borders.section;

  constructor(private readonly headings: boolean) {}

  line(text: string, start: number, end: number): void {
    const line = readLine(text, start, end);
    const mark = fence.exec(line.head)?.[1] ?? null;
    if (this.fence !== null) {
      if (line.last !== '') this.emit(start, borders.line, false);
      if (mark?.startsWith(this.fence) && line.head.trim() === mark) this.endFence();
    } else if (line.last === '') {
      this.endParagraph();
    } else if (mark !== null) {
      this.endParagraph();
      this.emit(start, this.border, false);
      this.fence = mark;
    } else if (this.headings && headingPattern.test(line.head)) {
      this.endParagraph();
      this.heading(start);
    } else if (this.headings && this.paragraph.length === 1 && underlinePattern.test(line.head)) {
      const title = this.paragraph[0];
      this.paragraph = [];
      this.heading(title?.start ?? start);
    } else {
      this.paragraph.push(line);
    }
  }

  finish(text: string): TextBlock[] {
    this.endParagraph();
    const [first] = this.blocks;
    if (!first) return text === '' ? [] : [{ start: 0, border: borders.section, sentences: false }];
    return [{ ...first, start: 0, border: borders.section }, ...this.blocks.slice(1)];
  }

  private emit(start: number, border: BorderMark['border'], sentences: boolean): void {
    this.blocks.push({ start, border, sentences });
  }

  private heading(start: number): void {
    this.emit(start, borders.section, true);
    this.border = borders.word;
  }

  private endFence(): void {
    this.fence = null;
    this.border = borders.paragraph;
  }

  private endParagraph(): void {
    const lines = this.paragraph;
    if (lines.length === 0) return;
    this.paragraph = [];
    let item: Line[] = [];
    const endItem = (): void => {
      const [first, ...rest] = item;
      if (!first) return;
      this.emit(first.start, this.border, true);
      this.border = borders.line;
      if (!isWrappedProse(item)) for (const line of rest) this.emit(line.start, borders.line, true);
    };
    for (const line of lines) {
      if (itemPattern.test(line.head)) {
        endItem();
        item = [];
      }
      item.push(line);
    }
    endItem();
    this.border = borders.paragraph;
  }
}

/**
 * Whether the line ends are only where an editor wrapped the sentences: long lines that do not end like code, followed by a
 * lower-case letter, for at least half of them. Otherwise each line says something by itself (logs, code, tables, verse).
 */
function isWrappedProse(lines: readonly Line[]): boolean {
  let soft = 0;
  for (let index = 1; index < lines.length; index++) {
    const before = lines[index - 1];
    const after = lines[index];
    if (!before || !after) continue;
    const wraps = before.length >= wrappedLength && /[\p{L}\p{N},.'’"”)-]/u.test(before.last);
    if (wraps && /^\s{0,8}\p{Ll}/u.test(after.head)) soft++;
  }
  return soft > 0 && soft * 2 >= lines.length - 1;
}

function readLine(text: string, start: number, end: number): Line {
  const head = text.slice(start, Math.min(end, start + headLength));
  let last = end - 1;
  while (last >= start && /\s/.test(text.charAt(last))) last--;
  return { start, head, length: end - start, last: last < start ? '' : text.charAt(last) };
}

/** Offset after the line's end: `\n`, `\r\n` or a lone `\r`. */
function lineEnd(text: string, start: number): number {
  for (let offset = start; offset < text.length; offset++) {
    const unit = text.charCodeAt(offset);
    if (unit === 10) return offset + 1;
    if (unit === 13) return text.charCodeAt(offset + 1) === 10 ? offset + 2 : offset + 1;
  }
  return text.length;
}
