// Rows of the file of decisions, read and written by key.
import type { DecidedPlace, Decision, DecisionKey, DocumentKey, Verdict, Verdicted } from '../../core/review/decision';
import type { TextQuote } from '../../core/review/textQuote';
import type { Slices } from '../../core/slices';
import type { Database, Row } from '../store/database';

/** Columns and tables of a select whose rows `decisionOf` reads. */
export const decisionSelect = `SELECT d.id AS documentId, d.root, d.path, p.id AS placeId, p.passage, p.startsAt, p.endsAt, x.labelSet, x.label, x.author,
    x.verdict, x.textHash, x.decidedMs, x.settlesMs
  FROM decisions x JOIN places p ON p.id = x.placeId JOIN documents d ON d.id = p.documentId`;

export function decisionOf(row: Row): Decision {
  const label = String(row['label']);
  return {
    ...documentOf(row),
    passage: passageOf(row),
    set: String(row['labelSet']),
    label: label === '' ? null : label,
    ...verdictOf(row),
  };
}

export function documentOf(row: Row): DocumentKey {
  return { root: String(row['root']), path: String(row['path']) };
}

/** What was decided, without its key. */
export function verdictOf(row: Row): Verdicted {
  const author = String(row['author']);
  return {
    verdict: row['verdict'] as Verdict,
    textHash: Buffer.from(row['textHash'] as Uint8Array).toString('hex'),
    decidedMs: Number(row['decidedMs']),
    ...(author === '' ? {} : { by: author }),
    ...(row['settlesMs'] === null ? {} : { settlesMs: Number(row['settlesMs']) }),
  };
}

function passageOf(row: Row): TextQuote | null {
  if (row['passage'] === '') return null;
  const [exact, prefix, suffix] = JSON.parse(String(row['passage'])) as [string, string, string];
  return { start: Number(row['startsAt']), end: Number(row['endsAt']), exact, prefix, suffix };
}

/** Places of which documents are marked in one slice: about a millisecond. */
const sliceSize = 256;

/** A key as rows have it: `label` empty for null. */
export interface RowKey {
  readonly placeId: number;
  readonly set: string;
  readonly label: string;
}

export class DecisionRows {
  constructor(private readonly database: Database) {}

  /** Adds document and place where they are new. */
  keyOf({ set, label, ...place }: DecisionKey): RowKey {
    return { placeId: this.placeId(place), set, label: label ?? '' };
  }

  private documentId({ root, path }: DocumentKey): number {
    const found = this.database.get('SELECT id FROM documents WHERE root = ? AND path = ?', root, path);
    if (found) return Number(found['id']);
    return this.database.run('INSERT INTO documents (root, path, revision) VALUES (?, ?, 0)', root, path).rowId;
  }

  private placeId({ passage, ...document }: DecidedPlace): number {
    const { start = 0, end = 0 } = passage ?? {};
    const text = passage === null ? '' : JSON.stringify([passage.exact, passage.prefix, passage.suffix]);
    const row = this.database.get(
      `INSERT INTO places (documentId, passage, startsAt, endsAt) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET startsAt = excluded.startsAt, endsAt = excluded.endsAt RETURNING id`,
      ...[this.documentId(document), text, start, end],
    );
    return Number(row?.['id']);
  }

  /** All authors' verdicts on a key, by author. */
  read({ placeId, set, label }: RowKey): Verdicted[] {
    return this.database
      .all(
        `SELECT author, verdict, textHash, decidedMs, settlesMs FROM decisions
         WHERE placeId = ? AND labelSet = ? AND label = ? ORDER BY author`,
        ...[placeId, set, label],
      )
      .map(verdictOf);
  }

  /** Replaces all verdicts on a key; `hasSome`: there are any. */
  write({ placeId, set, label }: RowKey, verdicts: readonly Verdicted[], hasSome = true): void {
    if (hasSome) {
      const sql = 'DELETE FROM decisions WHERE placeId = ? AND labelSet = ? AND label = ?';
      this.database.run(sql, placeId, set, label);
    }
    for (const { verdict, textHash, decidedMs, by = '', settlesMs = null } of verdicts) {
      this.database.run(
        `INSERT INTO decisions (placeId, labelSet, label, author, verdict, textHash, decidedMs, settlesMs)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[placeId, set, label, by, verdict, Buffer.from(textHash, 'hex'), decidedMs, settlesMs],
      );
    }
  }

  /** Documents that hold the places, each once, marked as changed by this revision. */
  *markChanged(placeIds: ReadonlySet<number>, revision: number): Slices<DocumentKey[]> {
    const places = [...placeIds];
    const marked = new Map<unknown, DocumentKey>();
    for (let from = 0; from < places.length; from += sliceSize) {
      const rows = this.database.all(
        `UPDATE documents SET revision = ? WHERE id IN
         (SELECT documentId FROM places WHERE id IN (SELECT value FROM json_each(?))) RETURNING id, root, path`,
        ...[revision, JSON.stringify(places.slice(from, from + sliceSize))],
      );
      for (const row of rows) marked.set(row['id'], documentOf(row));
      yield;
    }
    return [...marked.values()];
  }

  nextRevision(): number {
    return Number(this.database.get('UPDATE counters SET revision = revision + 1 RETURNING revision')?.['revision']);
  }

  /** A time later than that of every decision so far, `nowMs` where the clock allows. */
  nextTimeMs(nowMs: number): number {
    const row = this.database.get('UPDATE counters SET latestMs = MAX(latestMs + 1, ?) RETURNING latestMs', nowMs);
    return Number(row?.['latestMs']);
  }

  /** Decisions of these times came from elsewhere. */
  noteTime(decidedMs: number): void {
    this.database.run('UPDATE counters SET latestMs = MAX(latestMs, ?)', decidedMs);
  }
}

/** Whether verdicts on one key are the same, in whatever order. */
export function sameVerdicts(a: readonly Verdicted[], b: readonly Verdicted[]): boolean {
  const text = (verdicts: readonly Verdicted[]) =>
    verdicts
      .map(({ verdict, textHash, decidedMs, by, settlesMs }) =>
        JSON.stringify([by, verdict, textHash, decidedMs, settlesMs]),
      )
      .sort()
      .join();
  return a.length === b.length && text(a) === text(b);
}
