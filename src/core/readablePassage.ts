// A passage as people read it: in one line, without the marks of Markdown, headings only where there is nothing else.
import { heading, isHeading, isMark } from './markdownLines';

/** White space folded; nothing else is changed. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The text of a piece of Markdown in one line; the piece may begin and end anywhere. */
export function readableMarkdown(markdown: string): string {
  const lines = markdown.split(/\r\n|\r|\n/u);
  const kept = lines.filter((line) => !isMark(line));
  const sentences = lines.filter((line, at) => !isMark(line) && !isHeading(line, lines[at + 1]));
  const readable = oneLine((sentences.length > 0 ? sentences : kept).map(lineText).join(' '));
  return readable === '' ? oneLine(markdown) : readable;
}

/** The same with its headings before it, for a passage that is read without what stands around it. */
export function readableWithHeadings(markdown: string): string {
  const lines = markdown.split(/\r\n|\r|\n/u);
  const headings = lines.filter((line, at) => isHeading(line, lines[at + 1])).map((line) => oneLine(lineText(line)));
  const rest = readableMarkdown(markdown);
  return (headings.includes(rest) ? headings : [...headings, rest]).join(' · ');
}

const leading = [
  heading,
  // Quotes, list items, tasks; each may stand in another.
  /^[ \t]*>[ \t]?/u,
  /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+/u,
  /^[ \t]*\[[ xX]\][ \t]+/u,
];

function lineText(line: string): string {
  let text = line;
  for (let before = ''; before !== text;) {
    before = text;
    for (const pattern of leading) text = text.replace(pattern, '');
  }
  text = text.replace(/[ \t]+#+[ \t]*$/u, '');
  if (/^[ \t]*\|.*\|[ \t]*$/u.test(text)) text = cells(text);
  // Code is what it is: stars and underscores in it are no marks.
  return text
    .split(/(``.+?``|`[^`]+`)/u)
    .map((part, at) => (at % 2 === 1 ? part.replace(/^`+|`+$/gu, '') : inlineText(part)))
    .join('');
}

/** `| a | b |` is `a · b`. */
function cells(row: string): string {
  const all = row
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/u);
  return all
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' · ');
}

const tags =
  'a|b|br|code|center|del|details|div|em|font|hr|i|img|ins|kbd|li|mark|ol|p|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul';

/** What is escaped is hidden from the rules in characters of private use, and comes back at the end. */
const escaped = '\\`*_{}[]()#+-.!|<>~=';

const replacements: readonly (readonly [RegExp, string])[] = [
  [/<!--.*?-->/gu, ''],
  [/!\[([^\]]*)\]\([^)]*\)/gu, '$1'],
  [/!?\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]/gu, '$1'],
  [/\[([^\]]+)\]\([^)]*\)/gu, '$1'],
  [/\[([^\]]+)\]\[[^\]]*\]/gu, '$1'],
  [/\[\^[^\]]+\]:?/gu, ''],
  [/<(https?:[^>\s]+|mailto:[^>\s]+)>/gu, '$1'],
  [new RegExp(`</?(?:${tags})(?:\\s[^>]*)?/?>`, 'giu'), ''],
  [/(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)/gu, '$1'],
  // Also one without its other half, which stands in another passage.
  [/\*\*|~~/gu, ''],
  [/==(?=\S)([^=]+)(?<=\S)==/gu, '$1'],
  [/(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])/gu, '$1'],
  [/(?<!\w)_(?=\S)([^_]+)(?<=\S)_(?!\w)/gu, '$1'],
];

function inlineText(text: string): string {
  let plain = text.replace(/\\([\\`*_{}[\]()#+\-.!|<>~=])/gu, (_, one: string) => hidden(escaped.indexOf(one)));
  for (const [pattern, by] of replacements) plain = plain.replace(pattern, by);
  return plain.replace(/[\uE000-\uE01F]/gu, (one) => escaped.charAt(one.charCodeAt(0) - 0xe000) || one);
}

function hidden(index: number): string {
  return String.fromCharCode(0xe000 + index);
}
