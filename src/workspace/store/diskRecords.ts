// What the index knows of files on disk and of the runs that went through them, to be compared with the disk.
import type { Database, Row } from './database';
import { documentsPage } from './documentsPage';
import type { DocumentSource } from '../types';
import type { RunScope, UriRange } from './runWriter';
import { partRange, sourceValues } from './sources';

/** A document as the index saw it last. */
export interface DiskRecord {
  readonly id: number;
  readonly size: number;
  /** -1: says nothing, the text must be looked at. */
  readonly mtimeMs: number;
  /** sha256 of its text, hex; null where only that it changed is known. */
  readonly contentHash: string | null;
  /** It has tags under the task. */
  readonly tagged: boolean;
  /** Its text is the one that its tags are of. */
  readonly fresh: boolean;
  /** How it was read. */
  readonly reading: string;
  /** In how many parts; null where the file is one document, and for its parts. */
  readonly parts: number | null;
  readonly path: string;
  readonly root: string;
}

/** A file as it was found on disk. */
export interface SeenFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string | null;
  /** Null where it was not read. */
  readonly source: DocumentSource | null;
}

export class DiskRecords {
  constructor(
    private readonly database: Database,
    private readonly taskHash: string,
  ) {}

  find(uri: string): DiskRecord | null {
    const row = this.database.get(
      `SELECT d.id, d.size, d.mtimeMs, d.reading, d.parts, d.path, d.root, c.hash, a.contentId AS shown, a.contentId = d.contentId AS fresh
       FROM documents d
       LEFT JOIN contents c ON c.id = d.contentId
       LEFT JOIN assignments a ON a.documentId = d.id AND a.taskId = (SELECT id FROM tasks WHERE hash = ?)
       WHERE d.uri = ?`,
      ...[this.taskHash, uri],
    );
    if (!row) return null;
    return {
      id: Number(row['id']),
      size: Number(row['size']),
      mtimeMs: Number(row['mtimeMs']),
      contentHash: row['hash'] === null ? null : Buffer.from(row['hash'] as Uint8Array).toString('hex'),
      tagged: row['shown'] !== null,
      fresh: row['fresh'] === 1,
      reading: String(row['reading']),
      parts: row['parts'] === null ? null : Number(row['parts']),
      path: String(row['path']),
      root: String(row['root']),
    };
  }

  /** A run under the task met the file, and left it out. */
  isSkipped(uri: string): boolean {
    const sql = 'SELECT 1 FROM skips WHERE uri = ? AND taskId = (SELECT id FROM tasks WHERE hash = ?)';
    return this.database.get(sql, uri, this.taskHash) !== undefined;
  }

  /** The same of a part of the file. */
  hasSkippedParts(uri: string): boolean {
    const { from, before } = partRange(uri);
    const sql =
      'SELECT 1 FROM skips WHERE uri >= ? AND uri < ? AND taskId = (SELECT id FROM tasks WHERE hash = ?) LIMIT 1';
    return this.database.get(sql, from, before, this.taskHash) !== undefined;
  }

  /** Documents of any task in a range, by URI, after `after`. */
  page(range: UriRange, after: string, limit: number): { id: number; uri: string }[] {
    return documentsPage(this.database, range, after, limit);
  }

  /** The file has this size, time and text now (`hash` null: another text than before). Nothing where a run was faster. */
  saw(known: DiskRecord, now: SeenFile): void {
    this.database.run(
      `UPDATE documents SET contentId = (SELECT id FROM contents WHERE hash = ?), size = ?, mtimeMs = ?
       WHERE id = ? AND size = ? AND mtimeMs = ?`,
      ...[now.hash === null ? null : Buffer.from(now.hash, 'hex'), now.size, now.mtimeMs],
      ...[known.id, known.size, known.mtimeMs],
    );
    if (!now.source) return;
    this.database.run(
      'UPDATE documents SET reading = ?, runs = ?, given = ?, parts = ? WHERE id = ? AND size = ? AND mtimeMs = ?',
      ...[...sourceValues(now.source), known.id, now.size, now.mtimeMs],
    );
  }

  /** The file is gone: it leaves all tasks. */
  remove(uri: string): void {
    this.database.run('DELETE FROM documents WHERE uri = ?', uri);
    this.database.run('DELETE FROM skips WHERE uri = ?', uri);
  }

  transaction(work: () => void): void {
    this.database.transaction(work);
  }

  /** All folders that runs went through, under this task or another: these are to have tags. */
  covered(): RunScope[] {
    return this.database.all('SELECT DISTINCT scope FROM runs WHERE scope IS NOT NULL').flatMap(scopeOf);
  }

  /** The folders of the task's last run, where it did not come to its end; null where it did, or there was none. */
  unfinished(): RunScope[] | null {
    const last = this.database.get(
      `SELECT scope, state FROM runs WHERE scope IS NOT NULL AND taskId = (SELECT id FROM tasks WHERE hash = ?)
       ORDER BY id DESC LIMIT 1`,
      this.taskHash,
    );
    return last === undefined || last['state'] === 'finished' ? null : scopeOf(last);
  }
}

function scopeOf(row: Row): RunScope[] {
  return JSON.parse(String(row['scope'])) as RunScope[];
}
