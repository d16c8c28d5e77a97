// What is asked of the user's decisions: by document, by label set, by text, and what changed since.
import type { Decision, DocumentKey } from '../../core/review/decision';
import type { DecidedPart } from '../../core/review/partMoves';
import { partOfPath } from '../split/parts';
import type { Database } from '../store/database';
import { openToRead } from '../store/openDatabase';
import { decisionOf, decisionSelect, documentOf } from './decisionRows';
import { decisionsKind } from './decisionsKind';

/** Documents of which `decisions` reads at once; a page takes a few milliseconds. */
const pageDocuments = 250;

/** The reading half of DecisionStore; throws as it does. */
export class DecisionReads {
  protected constructor(protected readonly database: Database) {}

  /**
   * Opens a file that others may be writing, to read it only: nothing about it changes. Null where there is none. Throws AppError
   * `index-unsupported`, `index-unavailable`, `index-damaged`, `index-busy`.
   */
  static openToRead(file: string): DecisionReads | null {
    const database = openToRead(file, decisionsKind);
    return database && new DecisionReads(database);
  }

  close(): void {
    this.database.close();
  }

  /** Decisions on a document and its passages, all authors', under one set or all. Empty where there are none. */
  decisionsOf({ root, path }: DocumentKey, set: string | null = null): Decision[] {
    return this.database
      .all(
        `${decisionSelect} WHERE d.root = ?1 AND d.path = ?2 AND (?3 IS NULL OR x.labelSet = ?3)
         ORDER BY p.id, x.labelSet, x.label, x.author`,
        ...[root, path, set],
      )
      .map(decisionOf);
  }

  /** All decisions under a set (null: all sets), by document, in pages of whole documents; between them the event loop runs. */
  async *decisions(set: string | null): AsyncGenerator<readonly Decision[], void, undefined> {
    for (let after = 0; ;) {
      const last = this.database.get(
        'SELECT MAX(id) AS last FROM (SELECT id FROM documents WHERE id > ? ORDER BY id LIMIT ?)',
        ...[after, pageDocuments],
      )?.['last'];
      if (last === null || last === undefined) return;
      const rows = this.database.all(
        `${decisionSelect} WHERE d.id > ?1 AND d.id <= ?2 AND (?3 IS NULL OR x.labelSet = ?3)
         ORDER BY d.id, p.id, x.labelSet, x.label, x.author`,
        ...[after, last, set],
      );
      after = Number(last);
      // Pages of documents without a decision under the set are passed over.
      if (rows.length === 0) continue;
      yield rows.map(decisionOf);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  /** Labels that were decided on under a set, with the number of decisions: see core/review/labelRenames. */
  labelsOf(set: string): Map<string, number> {
    const rows = this.database.all(
      "SELECT label, COUNT(*) AS decisions FROM decisions WHERE labelSet = ? AND label <> '' GROUP BY label",
      set,
    );
    return new Map(rows.map((row) => [String(row['label']), Number(row['decisions'])]));
  }

  /**
   * Documents that were decided on when they had this text (sha256, hex). A new document of that text, where one of these is gone,
   * is that one: `moveDocuments` gives it the decisions.
   */
  documentsOfText(textHash: string): DocumentKey[] {
    return this.database
      .all(
        `SELECT DISTINCT d.root, d.path FROM decisions x JOIN places p ON p.id = x.placeId JOIN documents d ON d.id = p.documentId
         WHERE x.textHash = ? AND p.passage = '' ORDER BY d.id`,
        Buffer.from(textHash, 'hex'),
      )
      .map(documentOf);
  }

  /** The parts of a file that were decided on as a whole, with the texts that they had then. */
  decidedParts({ root, path }: DocumentKey): DecidedPart[] {
    const rows = this.database.all(
      `SELECT d.path, x.textHash FROM documents d JOIN places p ON p.documentId = d.id JOIN decisions x ON x.placeId = p.id
       WHERE d.root = ? AND d.path >= ? AND d.path < ? AND p.passage = ''`,
      ...[root, `${path}#`, `${path}$`],
    );
    const texts = new Map<string, Set<string>>();
    for (const row of rows) {
      const part = partOfPath(String(row['path']));
      // Another file's name may go on with a #.
      if (part?.file !== path) continue;
      const { key } = part;
      const hash = Buffer.from(row['textHash'] as Uint8Array).toString('hex');
      texts.set(key, (texts.get(key) ?? new Set()).add(hash));
    }
    return [...texts].map(([key, all]) => ({ key, texts: all }));
  }

  /** Counts the commits of all windows. */
  get revision(): number {
    return Number(this.database.get('SELECT revision FROM counters')?.['revision']);
  }

  /** Documents whose decisions changed after a revision, by whomever; null where documents moved, so that all are to be read again. */
  documentsChangedSince(revision: number): DocumentKey[] | null {
    const all = this.database.get('SELECT allRevision FROM counters')?.['allRevision'];
    if (Number(all) > revision) return null;
    const rows = this.database.all('SELECT root, path FROM documents WHERE revision > ? ORDER BY id', revision);
    return rows.map(documentOf);
  }
}
