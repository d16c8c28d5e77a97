// Rows of the file of decisions, read and written by key.
import type { DecidedPlace, Decision, DecisionKey, DocumentKey, Verdict, Verdicted } from '../../core/review/decision';
import type { TextQuote } from '../../core/review/textQuote';
import type { Database, Row } from '../store/database';

/** Columns and tables of a select whose rows `decisionOf` reads. */
export const decisionSelect = `SELECT d.id AS documentId, d.root, d.path, p.id AS placeId, p.passage, x.labelSet, x.label, x.author,
    x.verdict, x.textHash, x.decidedMs, x.settlesMs
  FROM decisions x JOIN places p ON p.id = x.placeId JOIN documents d ON d.id = p.documentId`;

export function decisionOf(row: Row): Decision {
  const label = String(row['label']);
  return {
    root: String(row['root']),
    path: String(row['path']),
    passage: passageOf(String(row['passage'])),
    set: String(row['labelSet']),
    label: label === '' ? null : label,
    ...verdictOf(row),
  };
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

/** The same passage has the same text, whoever made the object. */
export function passageText(passage: TextQuote | null): string {
  if (passage === null) return '';
  const { start, end, exact, prefix, suffix } = passage;
  return JSON.stringify({ start, end, exact, prefix, suffix });
}

function passageOf(text: string): TextQuote | null {
  return text === '' ? null : (JSON.parse(text) as TextQuote);
}

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

  documentId({ root, path }: DocumentKey): number {
    const found = this.database.get('SELECT id FROM documents WHERE root = ? AND path = ?', root, path);
    if (found) return Number(found['id']);
    return this.database.run('INSERT INTO documents (root, path, revision) VALUES (?, ?, 0)', root, path).rowId;
  }

  private placeId(place: DecidedPlace): number {
    const documentId = this.documentId(place);
    const passage = passageText(place.passage);
    const found = this.database.get('SELECT id FROM places WHERE documentId = ? AND passage = ?', documentId, passage);
    if (found) return Number(found['id']);
    return this.database.run('INSERT INTO places (documentId, passage) VALUES (?, ?)', documentId, passage).rowId;
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

  /** Replaces all verdicts on a key. */
  write({ placeId, set, label }: RowKey, verdicts: readonly Verdicted[]): void {
    this.database.run(
      'DELETE FROM decisions WHERE placeId = ? AND labelSet = ? AND label = ?',
      ...[placeId, set, label],
    );
    for (const { verdict, textHash, decidedMs, by = '', settlesMs = null } of verdicts) {
      this.database.run(
        `INSERT INTO decisions (placeId, labelSet, label, author, verdict, textHash, decidedMs, settlesMs)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[placeId, set, label, by, verdict, Buffer.from(textHash, 'hex'), decidedMs, settlesMs],
      );
    }
  }

  /** Documents that hold the places, marked as changed by this revision. */
  markChanged(placeIds: Iterable<number>, revision: number): DocumentKey[] {
    const documents = new Map<number, DocumentKey>();
    for (const placeId of placeIds) {
      const row = this.database.get(
        `UPDATE documents SET revision = ? WHERE id = (SELECT documentId FROM places WHERE id = ?) RETURNING id, root, path`,
        ...[revision, placeId],
      );
      if (row) documents.set(Number(row['id']), { root: String(row['root']), path: String(row['path']) });
    }
    return [...documents.values()];
  }

  nextRevision(): number {
    return Number(this.database.get('UPDATE counters SET revision = revision + 1 RETURNING revision')?.['revision']);
  }

  /** A time later than that of every decision, now where the clock allows. */
  nextTimeMs(nowMs: number): number {
    const latest = this.database.get('SELECT MAX(decidedMs) AS latest FROM decisions')?.['latest'];
    return latest === null ? nowMs : Math.max(nowMs, Number(latest) + 1);
  }
}
