// Scores and passages with the lines where they stand.
import { fileSpan, type TextRuns } from '../core/excerpt';
import { lineCounter } from '../core/lineCounter';
import type { Span } from '../core/tagResult';
import type { AgentPlace } from './agentSource';

/** Where the text that was read stands: `file` is the whole file; null where it cannot be read as it was, so that no lines are known. */
export interface ReadIn {
  readonly file: string | null;
  readonly runs: TextRuns;
}

/** Puts spans of a text at their places in its file. */
export function placer({ file, runs }: ReadIn): <S extends Span>(span: S) => S & AgentPlace {
  const lines = file === null ? null : lineCounter(file);
  return (span) => {
    const placed = fileSpan(runs, span);
    if (!lines) return placed;
    return { ...placed, line: lines(placed.start), endLine: lines(Math.max(placed.start, placed.end - 1)) };
  };
}
