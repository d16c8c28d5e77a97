// The passages of a text that can answer something by themselves: sentences with what they need to be worth reading.
import { isMark, isSentence } from './markdownLines';
import { heading } from './markdownLines';
import { passagesOf } from './passages';
import type { Span } from './tagResult';

/** A passage with fewer UTF-16 units is joined with what follows it in its paragraph or list. */
const enough = 120;
/** No passage grows beyond this by being joined; a single sentence may be longer. */
const longest = 480;

/**
 * Passages within `within`, in order, not overlapping, none blank. A heading says the words of a question and nothing else: it is
 * never a passage by itself, but begins the one that follows it, as what tells what that is about; so do marks (fences, rules). Where
 * nothing follows, it is left out. Offsets are those of the whole text.
 */
export function answerPassages(text: string, within: Span, isMarkdown: boolean): Span[] {
  const passages: Span[] = [];
  let open: Span | null = null;
  const saysNothing = (span: Span) =>
    isMarkdown ? !isSentence(text, span) : heading.test(text.slice(span.start, span.end)) || isMarks(text, span);
  for (const passage of passagesOf(text, within)) {
    if (open && (saysNothing(open) || joins(text, open, passage, saysNothing(passage)))) {
      open = { start: open.start, end: passage.end };
      continue;
    }
    if (open) passages.push(open);
    open = passage;
  }
  if (open && !saysNothing(open)) passages.push(open);
  return passages;
}

function joins(text: string, open: Span, next: Span, isTitle: boolean): boolean {
  if (isTitle || open.end - open.start >= enough || next.end - open.start > longest) return false;
  return !/\n[ \t]*\r?\n/u.test(text.slice(open.end, next.start));
}

function isMarks(text: string, { start, end }: Span): boolean {
  return text
    .slice(start, end)
    .split(/\r\n|\r|\n/u)
    .every(isMark);
}
