// Rows to train on, and rows kept back to measure on.
import { createHash } from 'node:crypto';
import type { TrainingRow } from '../../core/trainingData';
import { AppError } from '../../shared/errors';

/** A row of which more than its text may be known. */
export interface DocumentRow extends TrainingRow {
  /** Names the document that the text is of, where it is a passage; a text is its own document otherwise. */
  readonly document?: string;
}

export interface SplitRows {
  readonly trained: readonly DocumentRow[];
  readonly keptBack: readonly DocumentRow[];
}

/**
 * Rows of one document, or of one text, are never on both sides. Which documents are kept back depends on the seed and on themselves
 * alone, so that nearly the same ones are when there are more of them later. `share` of the documents, at least one, are kept back.
 * Throws AppError data-invalid where all rows are of one document.
 */
export function splitRows(rows: readonly DocumentRow[], share: number, seed: number): SplitRows {
  const groups = groupsOf(rows);
  if (groups.length < 2)
    throw new AppError(
      'data-invalid',
      'All rows are of one text. Training needs at least two: one to learn from, and one that is kept back to measure on.',
    );
  const ordered = groups.map((group) => ({ group, place: placeOf(group, seed) }));
  ordered.sort((a, b) => (a.place < b.place ? -1 : 1));
  const count = Math.min(groups.length - 1, Math.max(1, Math.round(groups.length * share)));
  const kept = new Set(ordered.slice(0, count).flatMap(({ group }) => group));
  return { trained: rows.filter((row) => !kept.has(row)), keptBack: rows.filter((row) => kept.has(row)) };
}

/** Rows that hang together by document or text. */
function groupsOf(rows: readonly DocumentRow[]): DocumentRow[][] {
  const groups = new Map<string, DocumentRow[]>();
  for (const row of rows) {
    const names = [`text ${row.text}`, ...(row.document === undefined ? [] : [`document ${row.document}`])];
    const joined = [...new Set(names.flatMap((name) => groups.get(name) ?? [])), row];
    for (const { text, document } of joined) {
      groups.set(`text ${text}`, joined);
      if (document !== undefined) groups.set(`document ${document}`, joined);
    }
  }
  return [...new Set(groups.values())];
}

function placeOf(group: readonly DocumentRow[], seed: number): string {
  const names = group.map(({ document, text }) => document ?? text).sort();
  return createHash('sha256')
    .update(JSON.stringify([seed, names[0]]))
    .digest('hex');
}
