// Sections of Markdown as documents: a heading with the text up to the next one. Headings without text are none.
import { ExcerptBuilder, fileOffset, type Excerpt } from '../../core/excerpt';
import { fence, isHeading } from '../../core/markdownLines';
import { readableMarkdown } from '../../core/readablePassage';
import type { ReadableText } from '../read/readableText';

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const longestName = 80;
/** Of a heading so much is looked at for its name: marks without end take time that grows with their square. */
const longestHeading = 1_000;

/** `readable`: the document without its front matter. */
export function* markdownSections(readable: ReadableText): Generator<Excerpt, void, undefined> {
  let number = 0;
  let section: { readonly name: string; readonly start: number; readonly bodyStart: number } = {
    name: 'beginning',
    start: 0,
    bodyStart: 0,
  };
  const { text } = readable;
  const made = (end: number): Excerpt[] => {
    if (text.slice(section.bodyStart, end).trim() === '') return [];
    number++;
    return [{ ...excerpt(readable, section.start, end), key: `section-${number}`, name: section.name }];
  };
  for (const { name, start, bodyStart } of headings(text)) {
    yield* made(start);
    section = { name, start, bodyStart };
  }
  yield* made(text.length);
}

function* headings(text: string): Generator<{ name: string; start: number; bodyStart: number }, void, undefined> {
  const lines = linesOf(text);
  let open: string | null = null;
  for (const [at, line] of lines.entries()) {
    const mark = fence.exec(line.text)?.[1];
    if (mark !== undefined && (open === null || (mark.startsWith(open) && line.text.trim() === mark)))
      open = open === null ? mark : null;
    if (open !== null || mark !== undefined) continue;
    const next = lines[at + 1];
    if (!isHeading(line.text, next?.text)) continue;
    const underlined = !/^ {0,3}#/u.test(line.text);
    const name = readableMarkdown(line.text.slice(0, longestHeading)).slice(0, longestName);
    yield { name, start: line.start, bodyStart: (underlined ? next : line)?.end ?? line.end };
  }
}

function linesOf(text: string): Line[] {
  return Array.from(text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/gu), ({ 0: line, index }) => ({
    text: line.replace(/[\r\n]+$/u, ''),
    start: index,
    end: index + line.length,
  })).filter(({ start, end }) => end > start);
}

/** A piece of the text that was read, in the file. */
function excerpt({ text, runs, given }: ReadableText, start: number, end: number) {
  const builder = new ExcerptBuilder();
  const breaks = runs.filter((_, index) => index % 2 === 0).filter((at) => at > start && at < end);
  const edges = [start, ...breaks, end];
  for (const [index, from] of edges.slice(0, -1).entries())
    builder.add(text.slice(from, edges[index + 1]), fileOffset(runs, from));
  return { text: builder.text, runs: builder.runs, given };
}
