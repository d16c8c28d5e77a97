// The passages of a text that can answer something by themselves: sentences with what they need to be worth reading.
import { heading, isMark, sentenceTest } from './markdownLines';
import { passagesOf } from './passages';
import type { Span } from './tagResult';

/** A passage with fewer UTF-16 units is joined with what follows it in its paragraph or list. */
const enough = 120;
/** No passage grows beyond this by being joined; a single sentence may be longer. */
const longest = 480;

/**
 * Passages within `within`, in order, not overlapping, none blank. A heading of Markdown says the words of a question and nothing else:
 * it is never a passage by itself, but begins the one that follows it, as what tells what that is about; so do marks (fences, rules).
 * Where nothing follows, it is left out. Elsewhere a line with `#` may be a comment, which is often all that a file says in words: it is
 * kept. Offsets are those of the whole text.
 */
export function answerPassages(text: string, within: Span, isMarkdown: boolean): Span[] {
  const isSentence = isMarkdown ? sentenceTest(text) : (passage: Span) => !isMarks(text, passage);
  const passages: Span[] = [];
  let open: Span | null = null;
  // Whether `open` is a sentence: kept beside it, since to judge what grows again and again would take for ever.
  let openSays = false;
  for (const passage of passagesOf(text, within)) {
    // A heading may hold several sentences: the rest of its line is still heading.
    const isOnSilentLine: boolean = open !== null && !openSays && !/[\r\n]/u.test(text.slice(open.end, passage.start));
    const passageSays: boolean = isSentence(isOnSilentLine ? behindLine(text, passage) : passage);
    if (open && (!openSays || joins(text, open, passage, !passageSays))) {
      open = { start: open.start, end: passage.end };
      openSays ||= passageSays;
    } else {
      if (open) passages.push(open);
      open = passage;
      openSays = passageSays;
    }
  }
  if (open && openSays) passages.push(open);
  return passages;
}

function joins(text: string, open: Span, next: Span, isTitle: boolean): boolean {
  if (isTitle || open.end - open.start >= enough || next.end - open.start > longest) return false;
  return isHashLine(text.slice(open.start, open.end)) || !/\n[ \t]*\r?\n/u.test(text.slice(open.end, next.start));
}

/** A heading, or a comment on what follows, also behind a blank line. */
function isHashLine(passage: string): boolean {
  return heading.test(passage) && !/[\r\n]/u.test(passage);
}

/** The part of a passage behind its first line; empty where it has only one. */
function behindLine(text: string, { start, end }: Span): Span {
  const length = text.slice(start, end).search(/[\r\n]/u);
  return { start: length === -1 ? end : start + length, end };
}

function isMarks(text: string, { start, end }: Span): boolean {
  return text
    .slice(start, end)
    .split(/\r\n|\r|\n/u)
    .every(isMark);
}
