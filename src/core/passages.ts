// The sentence-sized passages of a part of a text: what can be shown as the evidence of a score.
import { borders } from './borders';
import { heading } from './markdownLines';
import type { Span } from './tagResult';
import { textSegments } from './textSegments';
import { trimSpan } from './trimSpan';

/** Passages with fewer UTF-16 units say too little by themselves and join the next one: "Yes.", "1.", a lone bracket. */
const shortest = 24;

/**
 * Sentences, lines and headings within `within`, in order, trimmed of white space; none is blank. A short one is joined with what
 * follows it in the same paragraph, unless it is a heading. Offsets are those of the whole text.
 */
export function passagesOf(text: string, within: Span): Span[] {
  const part = text.slice(within.start, within.end);
  const passages: Span[] = [];
  let open: Span | null = null;
  for (const { start, end, border } of textSegments(part)) {
    const joins: boolean =
      open !== null &&
      (isInside(part, start, border) || (border < borders.paragraph && isShort(part, open) && !isTitle(part, open)));
    open = { start: joins && open ? open.start : start, end };
    if (joins) passages.pop();
    passages.push(open);
  }
  return passages
    .map((span) => trimSpan(part, span))
    .filter(({ start, end }) => start < end)
    .map(({ start, end }) => ({ start: within.start + start, end: within.start + end }));
}

/** A border inside a sentence. The packer ties headings to what follows them; here each line stands for itself. */
function isInside(text: string, start: number, border: number): boolean {
  return border < borders.sentence && text.charAt(start - 1) !== '\n';
}

/** What stands under a heading does not go on with it. */
function isTitle(text: string, { start, end }: Span): boolean {
  return heading.test(text.slice(start, end));
}

function isShort(text: string, { start, end }: Span): boolean {
  return text.slice(start, end).trim().length < shortest;
}
