// Cuts a text into segments that cover it without loss, each with the strength of the border before it, so that a packer can
// cut where a reader would: at headings, then paragraphs, lines, sentences, words.
import { lazy } from './lazy';
import { borders } from './borders';
import type { Border, BorderMark } from './borders';
import { splitsPair } from './codePoints';
import { sentenceStarts } from './sentences';
import type { Span } from './tagResult';
import { textBlocks } from './textBlocks';

export interface TextSegment extends Span {
  /** Strength of the border at `start`. */
  readonly border: Border;
}

/** Longest segment in UTF-16 units; longer sentences and lines are cut, at a word where there is one. */
export const maxSegmentLength = 400;

const graphemes = lazy(() => new Intl.Segmenter('und', { granularity: 'grapheme' }));

/**
 * Ordered segments whose concatenation is exactly `text` (none for the empty text). Never parts a surrogate pair, nor a
 * grapheme of less than 400 units. Time grows with the length of the text alone.
 *
 * `breaks` are UTF-16 offsets of better borders, such as the symbols of an editor; they become sections, and Markdown headings
 * are then not looked for, because `#` begins a comment in many languages. Offsets out of range are ignored.
 */
export function textSegments(text: string, breaks: readonly number[] = []): TextSegment[] {
  const given = breaks.filter((at) => Number.isInteger(at) && at > 0 && at < text.length).map((at) => snap(text, at));
  const marks = withBreaks(naturalMarks(text, given.length === 0), given);
  const segments: TextSegment[] = [];
  marks.forEach(({ start, border }, index) => {
    cutLong(text, start, marks[index + 1]?.start ?? text.length, border, maxSegmentLength, segments);
  });
  return segments;
}

/**
 * The segment as parts of at most `maxLength` UTF-16 units, cut at words, else between graphemes, else between code points; the
 * first keeps the segment's border. For segments with more tokens than a pass takes. `maxLength` is at least 1; a code point
 * stays whole.
 */
export function splitSegment(text: string, segment: TextSegment, maxLength: number): TextSegment[] {
  const parts: TextSegment[] = [];
  cutLong(text, segment.start, segment.end, segment.border, Math.max(1, Math.floor(maxLength)), parts);
  return parts;
}

/** Blocks and the sentences in them, ascending. */
function naturalMarks(text: string, headings: boolean): BorderMark[] {
  const marks: BorderMark[] = [];
  const blocks = textBlocks(text, headings);
  blocks.forEach(({ start, border, sentences }, index) => {
    marks.push({ start, border });
    if (!sentences) return;
    const end = blocks[index + 1]?.start ?? text.length;
    for (const at of sentenceStarts(text, start, end)) marks.push({ start: at, border: borders.sentence });
  });
  return marks;
}

/** Marks with the breaks among them as sections, each offset once. */
function withBreaks(marks: readonly BorderMark[], breaks: readonly number[]): readonly BorderMark[] {
  if (breaks.length === 0) return marks;
  const sections = [...new Set(breaks)].filter((at) => at > 0).map((start) => ({ start, border: borders.section }));
  const merged = [...marks, ...sections].sort((a, b) => a.start - b.start || b.border - a.border);
  return merged.filter((mark, index) => mark.start !== merged[index - 1]?.start);
}

/** A break moved before the indentation of its line, or else to the begin of its grapheme. */
function snap(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 200 && /[ \t]/.test(text.charAt(start - 1))) start--;
  if (start === 0 || text.charAt(start - 1) === '\n') return start;
  let from = Math.max(0, at - 64);
  if (splitsPair(text, from)) from--;
  const grapheme = graphemes()
    .segment(text.slice(from, at + 64))
    .containing(at - from);
  return from + (grapheme?.index ?? 0);
}

/** Adds [start, end) to `parts`, in parts of at most `maxLength` units. */
function cutLong(
  text: string,
  start: number,
  end: number,
  border: Border,
  maxLength: number,
  parts: TextSegment[],
): void {
  let from = start;
  let strength = border;
  while (end - from > maxLength) {
    const [to, next] = cutPoint(text, from, maxLength);
    if (to >= end) break;
    parts.push({ start: from, end: to, border: strength });
    [from, strength] = [to, next];
  }
  parts.push({ start: from, end, border: strength });
}

/** Where to end a part that begins at `from`: behind the last spaces of its second half, else at a grapheme or code point. */
function cutPoint(text: string, from: number, maxLength: number): [end: number, border: Border] {
  const target = from + maxLength;
  const window = graphemes().segment(text.slice(from, target + 64));
  const isBorder = (at: number): boolean => window.containing(at - from)?.index === at - from;
  for (let at = target; at > from + maxLength / 2; at--) {
    if (/\s/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at)) && isBorder(at)) return [at, borders.word];
  }
  const grapheme = window.containing(maxLength)?.index ?? 0;
  if (grapheme > 0) return [from + grapheme, borders.cut];
  if (!splitsPair(text, target)) return [target, borders.cut];
  return [target - 1 > from ? target - 1 : target + 1, borders.cut];
}
