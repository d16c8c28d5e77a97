// What search tools print: JSON Lines with "id" and "text", or the events of `rg --json`, whose matches become passages.
import { isRecord } from '../../core/values';
import { jsonLine, lineDocument, maxLineBytes, type BadLine, type JsonLine, type LineDocument } from './lineDocuments';
import { splitLines } from './splitLines';

/** A match of ripgrep with the lines around it that it was told to print (`-C`). */
export interface SearchMatch {
  /** Of the stream. */
  readonly line: number;
  readonly path: string;
  /** Of the match in the file, from 1; null where ripgrep was told not to count. */
  readonly at: number | null;
  readonly text: string;
}

export type SearchEntry = LineDocument | SearchMatch | BadLine;

const events = new Set(['begin', 'match', 'context', 'end', 'summary']);

/** In the order of the lines; blank ones, and matches of nothing but white space, are left out. Both forms may come in one stream. */
export async function* searchLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<SearchEntry, void, undefined> {
  let open: OpenMatch | null = null;
  const closed = (): SearchMatch[] =>
    open?.at === undefined || open.text.trim() === '' ? [] : [matchOf(open, open.at)];
  for await (const line of splitLines(source, maxLineBytes)) {
    const read = jsonLine(line);
    if (read === null) continue;
    if ('reason' in read || !isEvent(read)) {
      yield* closed();
      open = null;
      yield 'reason' in read ? read : lineDocument(read);
      continue;
    }
    const found = eventOf(read);
    if (found && 'reason' in found) yield found;
    else if (found && open && belongs(open, found)) open = joined(open, found);
    else {
      yield* closed();
      open = found;
    }
  }
  yield* closed();
}

interface OpenMatch {
  readonly line: number;
  readonly path: string;
  /** Of the match; absent where there are only lines before one so far. */
  readonly at?: number | null;
  /** Number of its first line in the file. */
  readonly first: number | null;
  /** Number of the line behind it in the file. */
  readonly next: number | null;
  readonly text: string;
}

function isEvent({ value }: JsonLine): boolean {
  return typeof value['type'] === 'string' && events.has(value['type']) && isRecord(value['data']) && !('id' in value);
}

/** Null for an event that only says where a file begins or ends. */
function eventOf({ line, value: { type, data } }: JsonLine): OpenMatch | BadLine | null {
  if ((type !== 'match' && type !== 'context') || !isRecord(data)) return null;
  const [path, text, number] = [textOf(data['path']), textOf(data['lines']), data['line_number']];
  if (path === null || text === null) return { line, reason: 'The match is not UTF-8' };
  const first = typeof number === 'number' ? number : null;
  return {
    ...{ line, path, first, text },
    ...(type === 'match' ? { at: first } : {}),
    next: first === null ? null : first + text.replace(/\n$/u, '').split('\n').length,
  };
}

/** ripgrep writes what is not UTF-8 as `{"bytes": …}`. */
function textOf(value: unknown): string | null {
  return isRecord(value) && typeof value['text'] === 'string' ? value['text'] : null;
}

/** Lines around a match are its own; the next match begins a passage. */
function belongs(open: OpenMatch, { path, at, first }: OpenMatch): boolean {
  if (open.path !== path || first === null || first !== open.next) return false;
  return open.at === undefined || at === undefined;
}

function joined(open: OpenMatch, { at, next, text }: OpenMatch): OpenMatch {
  return { ...open, ...(at === undefined ? {} : { at }), next, text: open.text + text };
}

function matchOf({ line, path, text }: OpenMatch, at: number | null): SearchMatch {
  return { line, path, at, text: text.trim() };
}
