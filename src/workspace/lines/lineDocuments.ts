// Lines of JSON as documents: an id, a text, and all else as it stands.
import { isRecord, typeName } from '../../core/values';
import { isInShard, type Shard } from '../find/shard';
import { sizeText } from '../find/skipReasons';
import { defaultLimits } from '../types';
import { splitLines, type Line } from './splitLines';

/** A line is as long as a file may be. */
export const maxLineBytes = defaultLimits.maxFileBytes;

export interface LineDocument {
  readonly line: number;
  readonly id: string;
  readonly text: string;
  /** The line as it was read, without its line ending. */
  readonly json: string;
}

/** A line that is no document, and why. */
export interface BadLine {
  readonly line: number;
  /** A sentence without a full stop. Never text of the line. */
  readonly reason: string;
}

export type LineEntry = LineDocument | BadLine;

/** A line that holds an object. */
export interface JsonLine {
  readonly line: number;
  readonly json: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Fields that tags are written to. */
const resultFields = ['tags', 'scores'] as const;

const faults: Readonly<Record<Extract<Line, { fault: string }>['fault'], string>> = {
  'too-long': `The line is longer than ${sizeText(maxLineBytes)}`,
  'not-utf-8': 'The line is not UTF-8',
};

/**
 * In the order of the lines, blank ones left out. With a shard, documents of others are left out too; what is no document is in the first
 * shard, so that it is told once.
 */
export async function* lineDocuments(
  source: AsyncIterable<Uint8Array>,
  shard: Shard | null,
): AsyncGenerator<LineEntry, void, undefined> {
  for await (const line of splitLines(source, maxLineBytes)) {
    const entry = entryOf(line);
    if (!entry) continue;
    if (shard && !('reason' in entry ? shard.number === 1 : isInShard(entry.id, shard))) continue;
    yield entry;
  }
}

function entryOf(line: Line): LineEntry | null {
  const read = jsonLine(line);
  if (read === null || 'reason' in read) return read;
  const taken = resultFields.find((field) => field in read.value);
  const entry = lineDocument(read);
  if (taken === undefined || 'reason' in entry) return entry;
  return { line: line.number, reason: `It has a field “${taken}”, where results are written: rename that` };
}

/** Null for a blank line. */
export function jsonLine(line: Line): JsonLine | BadLine | null {
  const bad = (reason: string): BadLine => ({ line: line.number, reason });
  if ('fault' in line) return bad(faults[line.fault]);
  const json = line.text.trim();
  if (json === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return bad('The line is not valid JSON');
  }
  if (!isRecord(value)) return bad(`The line holds ${typeName(value)}, not an object with “id” and “text”`);
  return { line: line.number, json, value };
}

export function lineDocument({ line, json, value: { id, text } }: JsonLine): LineEntry {
  const bad = (reason: string): BadLine => ({ line, reason });
  if (typeof id !== 'string' && typeof id !== 'number')
    return bad(id === undefined ? 'It has no “id”' : `Its “id” is ${typeName(id)}, not text or a number`);
  if (typeof text !== 'string')
    return bad(text === undefined ? 'It has no “text”' : `Its “text” is ${typeName(text)}, not text`);
  if (text.trim() === '') return bad('Its “text” is empty');
  return { line, id: String(id), text, json };
}
