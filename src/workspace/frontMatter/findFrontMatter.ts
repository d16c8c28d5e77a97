// Finds the front matter of a Markdown text: YAML between `---`, TOML between `+++`, JSON in braces; where it is, and its line ending.
import { parseTree } from 'jsonc-parser';
import { AppError } from '../../shared/errors';

export interface FrontMatter {
  readonly format: 'yaml' | 'toml' | 'json';
  /** UTF-16 offsets of what stands between the fences; `end` is where the closing fence begins. JSON: its braces are inside. */
  readonly start: number;
  readonly end: number;
  /** Where the text begins: the line after the closing fence. */
  readonly bodyStart: number;
}

/** `---yaml` and the like, as gray-matter and Astro have it. */
const fences = { '---': 'yaml', '+++': 'toml' } as const;
const named: Readonly<Record<string, FrontMatter['format']>> = {
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  json: 'json',
};

/** Where front matter begins: after a byte order mark. */
export function textStart(text: string): number {
  return text.startsWith('\uFEFF') ? 1 : 0;
}

/** The text's first line ending; `\n` where there is none. */
export function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/**
 * Null where the text has none. Throws AppError `input-invalid` when it begins and never ends, or is in a language that is not
 * known.
 */
export function findFrontMatter(text: string): FrontMatter | null {
  const head = textStart(text);
  if (text.charAt(head) === '{') return findJson(text, head);
  const opening = /^(---|\+\+\+)[ \t]*([a-z]*)[ \t]*(?:\r\n|\n|\r)/i.exec(text.slice(head));
  if (!opening) return null;
  const fence = opening[1] as keyof typeof fences;
  const language = opening[2]?.toLowerCase() ?? '';
  const format = language === '' ? fences[fence] : named[language];
  if (!format)
    throw new AppError('input-invalid', `Front matter in the language “${language}” is not known to GLiTag.`);
  const start = head + opening[0].length;
  const closing = fence === '---' ? /^(?:---|\.\.\.)[ \t]*$/gm : /^\+\+\+[ \t]*$/gm;
  closing.lastIndex = start;
  const end = closing.exec(text);
  if (end) return { format, start, end: end.index, bodyStart: nextLine(text, end.index + end[0].length) };
  throw new AppError(
    'input-invalid',
    `The document begins with “${fence}”, but no second “${fence}” closes the front matter. Close it, or remove the first line.`,
  );
}

/** An object at the very beginning, with nothing behind it on its last line, as Hugo has it. */
function findJson(text: string, start: number): FrontMatter | null {
  const node = parseTree(text.slice(start), [], { disallowComments: true, allowEmptyContent: false });
  if (node?.type !== 'object') return null;
  const end = start + node.length;
  if (text.charAt(end - 1) !== '}' || !/^[ \t]*(?:[\r\n]|$)/.test(text.slice(end))) return null;
  return { format: 'json', start, end, bodyStart: nextLine(text, end) };
}

function nextLine(text: string, offset: number): number {
  const ending = /\r\n|\n|\r/g;
  ending.lastIndex = offset;
  const match = ending.exec(text);
  return match ? match.index + match[0].length : text.length;
}
