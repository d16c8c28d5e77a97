// Decisions as JSON Lines, to be committed and merged by a team: one sorted line a decision, keys always in the same order.
//
//   {"path":"notes/a.md","set":"notes","label":"topic.hiring","verdict":"accepted","by":"Ann","decided":"2026-11-28T05:20:00.000Z","text":"<sha256>"}
//
// `folder` comes first where the workspace has several; `passage` ({exact, prefix, suffix, start}) where a selection was decided on;
// `settles` is a time like `decided`. Each change touches one line, so that git merges by itself what two people did to different
// tags; with `merge=union` in .gitattributes also what they did to the same one.
import { atOnce, type Slices } from '../slices';
import { isRecord, typeName } from '../values';
import { verdicts } from './decision';
import type { Decision, Verdict } from './decision';
import { mergingDecisions } from './mergeDecisions';
import type { TextQuote } from './textQuote';

export interface LineProblem {
  /** 1-based. */
  readonly line: number;
  /** Names the line and what is wrong; never holds text of a document. */
  readonly message: string;
}

export interface ParsedLines {
  /** Merged: sorted, one a key and person. */
  readonly decisions: readonly Decision[];
  readonly problems: readonly LineProblem[];
}

/** The whole file, ending with a line end; empty for no decisions. The same decisions give the same text, in whatever order. */
export function toLines(decisions: Iterable<Decision>): string {
  return atOnce(writingLines(decisions));
}

/** As `toLines`, for tens of thousands. */
export function* writingLines(decisions: Iterable<Decision>): Slices<string> {
  let text = '';
  for (const decision of yield* mergingDecisions(decisions, [])) {
    text += `${lineOf(decision)}\n`;
    yield;
  }
  return text;
}

function lineOf({ root, path, passage, set, label, verdict, by, decidedMs, settlesMs, textHash }: Decision): string {
  return JSON.stringify({
    ...(root === '' ? {} : { folder: root }),
    path,
    ...(passage === null ? {} : { passage: passageOf(passage) }),
    set,
    ...(label === null ? {} : { label }),
    verdict,
    ...(by === undefined ? {} : { by }),
    decided: new Date(decidedMs).toISOString(),
    ...(settlesMs === undefined ? {} : { settles: new Date(settlesMs).toISOString() }),
    text: textHash,
  });
}

function passageOf({ exact, prefix, suffix, start }: TextQuote) {
  return { exact, prefix, suffix, start };
}

/**
 * Reads what `toLines` wrote, also in another order, after merges by hand, with blank lines and a byte-order mark. Lines with a
 * problem are left out. A file with git's conflict markers has one problem alone, and no decisions: half a file is no file.
 */
export function* parsingLines(content: string): Slices<ParsedLines> {
  const lines = content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const marker = lines.findIndex((line) => /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(line));
  if (marker >= 0) {
    const message = `Line ${marker + 1}: a merge was left unfinished (git's conflict markers). Keep the lines of both sides, without the markers.`;
    return { decisions: [], problems: [{ line: marker + 1, message }] };
  }
  const decisions: Decision[] = [];
  const problems: LineProblem[] = [];
  for (const [index, line] of lines.entries()) {
    yield;
    if (line.trim() === '') continue;
    try {
      decisions.push(decisionOf(line));
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      problems.push({ line: index + 1, message: `Line ${index + 1} ${error.message}.` });
    }
  }
  return { decisions: yield* mergingDecisions(decisions, []), problems };
}

/** Thrown inside one line only; its message goes on behind the line's number. */
class LineError extends Error {}

function decisionOf(line: string): Decision {
  const value = parsed(line);
  const verdict = verdictOf(value['verdict']);
  const label = value['label'] === undefined ? null : text(value, 'label');
  if ((label === null) !== (verdict === 'none-fits')) {
    throw new LineError(label === null ? 'has no “label”' : 'has a “label”, which “none-fits” cannot have');
  }
  const decidedMs = time(value, 'decided');
  const settlesMs = value['settles'] === undefined ? undefined : time(value, 'settles');
  if (settlesMs !== undefined && settlesMs >= decidedMs)
    throw new LineError('has a “settles” that is not before “decided”');
  return {
    root: value['folder'] === undefined ? '' : text(value, 'folder'),
    path: text(value, 'path'),
    passage: value['passage'] === undefined ? null : quoteOf(value['passage']),
    set: text(value, 'set'),
    label,
    verdict,
    textHash: hash(value),
    decidedMs,
    ...(value['by'] === undefined ? {} : { by: text(value, 'by') }),
    ...(settlesMs === undefined ? {} : { settlesMs }),
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LineError('is not valid JSON');
  }
  if (isRecord(value)) return value;
  throw new LineError(`must be an object, not ${typeName(value)}`);
}

function text(value: Readonly<Record<string, unknown>>, field: string): string {
  const found = value[field];
  if (typeof found === 'string' && found !== '') return found;
  throw new LineError(
    found === undefined ? `has no “${field}”` : `has a “${field}” that is ${found === '' ? 'empty' : typeName(found)}`,
  );
}

function verdictOf(value: unknown): Verdict {
  const found = verdicts.find((verdict) => verdict === value);
  if (found) return found;
  throw new LineError(`has no “verdict” that is one of ${verdicts.join(', ')}`);
}

/** Decades before the last time that a Date can have: what is decided after a decision has a later time, which is to be written too. */
const endMs = 8.64e15 - 1e12;

function time(value: Readonly<Record<string, unknown>>, field: string): number {
  const ms = Date.parse(text(value, field));
  if (ms > 0 && ms < endMs) return ms;
  throw new LineError(`has a “${field}” that is no time such as 2026-11-28T05:20:00.000Z`);
}

function hash(value: Readonly<Record<string, unknown>>): string {
  const found = text(value, 'text');
  if (/^[0-9a-f]{64}$/.test(found)) return found;
  throw new LineError('has a “text” that is no sha256 in hex');
}

function quoteOf(value: unknown): TextQuote {
  if (!isRecord(value)) throw new LineError(`has a “passage” that is ${typeName(value)}`);
  const { start, prefix, suffix } = value;
  if (
    typeof start !== 'number' ||
    !Number.isSafeInteger(start) ||
    start < 0 ||
    typeof prefix !== 'string' ||
    typeof suffix !== 'string'
  )
    throw new LineError('has a “passage” without exact, prefix, suffix and start');
  const exact = text(value, 'exact');
  return { start, end: start + exact.length, exact, prefix, suffix };
}
