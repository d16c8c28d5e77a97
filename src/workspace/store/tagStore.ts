// The index of kept tags: what views, exports and searches read, and the editor's file events.
import { randomUUID } from 'node:crypto';
import type { DocumentVectors } from '../../shared/classifier';
import type { DocumentPlace, DocumentSource, StoredDetails, StoredDocument, StoreNotice, TaskIdentity } from '../types';
import { Breather } from '../flow/breather';
import { checksumOf, floatsOf, integersOf, vectorsOf } from './blobs';
import { WriterLock } from './database';
import { checkpoint } from './databaseThread';
import type { Database, Row } from './database';
import { DiskRecords } from './diskRecords';
import { indexKind } from './indexKind';
import { keptPlaces, type KeptPlace } from './keptVectors';
import { openDatabase, openToRead } from './openDatabase';
import type { OpenOptions } from './openDatabase';
import { batches } from './batches';
import { RunWriter } from './runWriter';
import type { Clock } from './runWriter';
import { givenOf, partRange, placeOf, runsOf, sourceValues } from './sources';
import { skipsPage, type StoredSkip } from './skips';
import { supersede, sweep } from './sweep';
import { taggedTasks, type TaggedTask } from './taggedTasks';
import { metText, textScores, type TextScores } from './texts';
import { Unscored } from './unscored';

/** A text that the model has read. */
export interface StoredText {
  /** sha256, hex. */
  readonly hash: string;
  readonly vectors: DocumentVectors;
}

const thisSession = randomUUID();

/** Documents read at once: about a millisecond. */
const pageSize = 256;

/** The model that is asked for (its hash) where it has scored the text under the task; else the one that a run took last. */
const chosenModel = `
  JOIN models m ON m.id = COALESCE(
    (SELECT o.modelId FROM results o
     WHERE o.contentId = a.contentId AND o.taskId = a.taskId AND o.modelId = (SELECT id FROM models WHERE hash = :model)),
    a.modelId)`;

const documentColumns = `
  d.id, d.uri, d.root, d.path, d.part, d.runs, d.given, d.contentId IS NOT a.contentId AS changed, m.hash AS modelHash, m.name AS modelName,
  a.contentId, m.id AS modelId, r.chunkCount, r.scores, r.evidence, r.checksum`;
const documentTables = `
  FROM assignments a
  JOIN tasks t ON t.id = a.taskId
  ${chosenModel}
  JOIN documents d ON d.id = a.documentId
  JOIN results r ON r.contentId = a.contentId AND r.taskId = a.taskId AND r.modelId = m.id`;

export class TagStore {
  private constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the index or makes one. `notice` is for the user: a damaged file was set aside. Throws AppError `index-unsupported` (a
   * newer or foreign file, a Node without SQLite), `index-unavailable` (disk, rights), `index-busy`.
   */
  static async open(
    file: string,
    options: OpenOptions & Partial<Clock> = {},
  ): Promise<{ readonly store: TagStore; readonly notice: StoreNotice | null }> {
    const { database, notice } = await openDatabase(file, indexKind, options);
    return { store: new TagStore(database, { now: Date.now, session: thisSession, ...options }), notice };
  }

  /**
   * Opens an index that others may be writing, to read it only: nothing about it changes. Null where there is none. Throws AppError
   * `index-unsupported`, `index-unavailable`, `index-damaged`, `index-busy`.
   */
  static openToRead(file: string): TagStore | null {
    const database = openToRead(file, indexKind);
    return database && new TagStore(database, { now: Date.now, session: thisSession });
  }

  get file(): string {
    return this.database.file;
  }

  /**
   * All documents that have tags under a task, oldest first, in small batches between which the event loop runs. `modelHash` null:
   * the model is not known yet, results of any model count as fresh. Of a text that several models scored, its scores. Documents that
   * arrive meanwhile come last.
   */
  async *documents(
    task: Pick<TaskIdentity, 'hash'>,
    modelHash: string | null,
  ): AsyncGenerator<StoredDocument[], void, undefined> {
    const sql = `SELECT ${documentColumns} ${documentTables} WHERE t.hash = :task AND d.id > :last ORDER BY a.documentId LIMIT ${pageSize}`;
    const breather = new Breather();
    for (let last = 0; ;) {
      const rows = this.database.all(sql, { task: task.hash, model: modelHash, last });
      if (rows.length === 0) return;
      last = Number(rows.at(-1)?.['id']);
      const batch = rows.map((row) => this.stored(row, modelHash)).filter((document) => document !== null);
      if (batch.length > 0) yield batch;
      if (breather.due) await breather.pause();
    }
  }

  /** One document with its evidence, or null where it has no tags under the task. */
  details(uri: string, task: Pick<TaskIdentity, 'hash'>, modelHash: string | null): StoredDetails | null {
    const row = this.database.get(
      `SELECT ${documentColumns}, c.hash AS contentHash ${documentTables} JOIN contents c ON c.id = a.contentId
       WHERE t.hash = :task AND d.uri = :uri`,
      { task: task.hash, model: modelHash, uri },
    );
    return row ? this.stored(row, modelHash) : null;
  }

  /** The texts (sha256, hex) of a file's tagged parts, by the parts' keys (`row-3`). */
  partTexts(file: string, task: Pick<TaskIdentity, 'hash'>): Map<string, string> {
    const rows = this.database.all(
      `SELECT d.uri, c.hash FROM documents d JOIN assignments a ON a.documentId = d.id JOIN tasks t ON t.id = a.taskId
       JOIN contents c ON c.id = a.contentId WHERE d.uri >= ? AND d.uri < ? AND t.hash = ?`,
      ...[`${file}#`, `${file}$`, task.hash],
    );
    return new Map(
      rows.map((row) => [
        String(row['uri']).slice(file.length + 1),
        Buffer.from(row['hash'] as Uint8Array).toString('hex'),
      ]),
    );
  }

  /** What the last run under the task left out, and why; in small batches. */
  skips(task: Pick<TaskIdentity, 'hash'>): AsyncGenerator<StoredSkip[], void, undefined> {
    return batches((after) => skipsPage(this.database, task.hash, after, pageSize));
  }

  /** How many documents have tags under the task, and how many were left out. */
  counts(task: Pick<TaskIdentity, 'hash'>): { readonly documents: number; readonly skips: number } {
    const row = this.database.get(
      `SELECT (SELECT COUNT(*) FROM assignments WHERE taskId = t.id) AS documents,
              (SELECT COUNT(*) FROM skips WHERE taskId = t.id) AS skips FROM tasks t WHERE t.hash = ?`,
      task.hash,
    );
    return { documents: Number(row?.['documents'] ?? 0), skips: Number(row?.['skips'] ?? 0) };
  }

  /** The tasks that documents have tags under, the one that was used last first. */
  taggedTasks(): TaggedTask[] {
    return taggedTasks(this.database);
  }

  /** How many documents have tags under other tasks only. */
  taggedOtherwise(task: Pick<TaskIdentity, 'hash'>): number {
    const row = this.database.get('SELECT COUNT(DISTINCT documentId) AS documents FROM assignments');
    return Number(row?.['documents'] ?? 0) - this.counts(task).documents;
  }

  /** Whether texts can be scored under the task from what is kept of them; `model`: hash, null where any model will do. */
  keepsVectors(task: Pick<TaskIdentity, 'documentHash'>, model: string | null): boolean {
    const row = this.database.get(
      `SELECT 1 AS kept FROM encodings e JOIN models m ON m.id = e.modelId
       WHERE e.documentHash = ? AND m.hash = COALESCE(?, m.hash)
         AND EXISTS (SELECT 1 FROM vectors v WHERE v.encodingId = e.id) LIMIT 1`,
      ...[task.documentHash, model],
    );
    return row !== undefined;
  }

  /** The document was saved; `textHash` is sha256 of its text, hex. Tags of another text are stale until a run sees it. */
  markSaved(uri: string, textHash: string, source: DocumentSource): void {
    this.database.run(
      `UPDATE documents SET contentId = (SELECT id FROM contents WHERE hash = ?), mtimeMs = -1, reading = ?, runs = ?, given = ?, parts = ?
       WHERE uri = ?`,
      ...[Buffer.from(textHash, 'hex'), ...sourceValues(source), uri],
    );
  }

  /** The vectors that a document's scores (see `details`) come from, and the model they are of; null where none are kept. */
  vectors(
    uri: string,
    task: Pick<TaskIdentity, 'hash' | 'documentHash'>,
    modelHash: string | null,
  ): { readonly vectors: DocumentVectors; readonly modelHash: string } | null {
    const row = this.database.get(
      `SELECT v.data, v.spans, v.checksum, m.hash AS modelHash
       FROM assignments a
       JOIN tasks t ON t.id = a.taskId
       ${chosenModel}
       JOIN documents d ON d.id = a.documentId
       JOIN encodings e ON e.modelId = m.id AND e.documentHash = :encoding
       JOIN vectors v ON v.contentId = a.contentId AND v.encodingId = e.id
       WHERE t.hash = :task AND d.uri = :uri`,
      { encoding: task.documentHash, task: task.hash, model: modelHash, uri },
    );
    const vectors = row && vectorsOf(row['data'] as Uint8Array, row['spans'] as Uint8Array, row['checksum']);
    return vectors ? { vectors, modelHash: String(row['modelHash']) } : null;
  }

  /**
   * A document's text as it was read last, with its vectors under the task's prompt and chunk length; null where none are kept.
   * `model`: hash.
   */
  keptText(uri: string, task: Pick<TaskIdentity, 'documentHash'>, model: string): StoredText | null {
    const row = this.database.get(
      `SELECT c.hash, v.data, v.spans, v.checksum
       FROM documents d
       JOIN contents c ON c.id = d.contentId
       JOIN models m ON m.hash = ?
       JOIN encodings e ON e.documentHash = ? AND e.modelId = m.id
       JOIN vectors v ON v.contentId = c.id AND v.encodingId = e.id
       WHERE d.uri = ?`,
      ...[model, task.documentHash, uri],
    );
    const vectors = row && vectorsOf(row['data'] as Uint8Array, row['spans'] as Uint8Array, row['checksum']);
    if (!vectors) return null;
    return { hash: Buffer.from(row['hash'] as Uint8Array).toString('hex'), vectors };
  }

  /** All documents with tags under any task, oldest first, in small batches between which the event loop runs; `model`: hash. */
  keptPlaces(task: Pick<TaskIdentity, 'documentHash'>, model: string): AsyncGenerator<KeptPlace[], void, undefined> {
    return batches((after) => keptPlaces(this.database, task, model, after, pageSize));
  }

  /** sha256 (hex) of a document's text as it was read last; null where it changed since, or is not known. */
  textHash(uri: string): string | null {
    const row = this.database.get(
      'SELECT c.hash FROM documents d JOIN contents c ON c.id = d.contentId WHERE d.uri = ?',
      uri,
    );
    return row ? Buffer.from(row['hash'] as Uint8Array).toString('hex') : null;
  }

  /** A file was deleted, or a folder with all that was in it. Returns the URIs of documents and skips that went. */
  removeDocuments(uri: string): string[] {
    const gone = this.database.transaction(() =>
      ['documents', 'skips'].flatMap((table) =>
        this.database.all(`DELETE FROM ${table} WHERE ${isOrIsIn} RETURNING uri`, ...placesIn(uri)),
      ),
    );
    return [...new Set(gone.map((row) => String(row['uri'])))];
  }

  /** A file or folder was renamed or moved: documents keep their tags. What was at the new place before is gone. */
  moveDocuments(from: DocumentPlace, to: DocumentPlace): void {
    this.database.transaction(() => {
      if (from.uri === to.uri) return;
      // Other rules may hold at the new place; what the model refused it would refuse there too.
      this.database.run(`DELETE FROM skips WHERE ${isOrIsIn} AND reason <> 'failed'`, ...placesIn(from.uri));
      for (const table of ['documents', 'skips']) {
        this.database.run(`DELETE FROM ${table} WHERE ${isOrIsIn}`, ...placesIn(to.uri));
        this.database.run(
          `UPDATE ${table} SET uri = ? || substr(uri, length(?) + 1), path = ? || substr(path, length(?) + 1), root = ?
           WHERE ${isOrIsIn}`,
          ...[to.uri, from.uri, to.path, from.path, to.root, ...placesIn(from.uri)],
        );
      }
    });
  }

  /** A note that was written under this key, null where there is none. */
  readNote(key: string): string | null {
    const row = this.database.get('SELECT note FROM notes WHERE key = ?', key);
    return row ? String(row['note']) : null;
  }

  writeNote(key: string, note: string): void {
    this.database.run('INSERT OR REPLACE INTO notes (key, note) VALUES (?, ?)', key, note);
  }

  /** The right to run, until it is released. Throws AppError `index-busy`. */
  lock(): WriterLock {
    return WriterLock.acquire(this.file, indexKind);
  }

  /** For runs. */
  writer(task: TaskIdentity, model: { readonly hash: string; readonly name: string }): RunWriter {
    return new RunWriter(this.database, task, model, this.clock);
  }

  /** What the writer's task has no scores of, though other tasks have. */
  unscored(writer: RunWriter): Unscored {
    return new Unscored(this.database, writer.ids);
  }

  /** The kept scores of a text under the writer's task and model; null where there are none. `contentId`: see RunWriter.content. */
  textScores(writer: RunWriter, contentId: number): TextScores | null {
    return textScores(this.database, writer.ids, contentId);
  }

  /** A known text (sha256, hex) was met, in no document: it stays in use for as long as that is not long ago. */
  metText(hash: string): void {
    metText(this.database, hash);
  }

  /** For comparing with the disk. */
  diskRecords(task: Pick<TaskIdentity, 'hash'>): DiskRecords {
    return new DiskRecords(this.database, task.hash);
  }

  transaction<T>(work: () => T): T {
    return this.database.transaction(work);
  }

  /** What is kept under a task is of no use any more, since another has taken its place: it goes, in small steps. */
  supersede(task: Pick<TaskIdentity, 'hash'>, by: Pick<TaskIdentity, 'hash'>): Promise<void> {
    return supersede(this.database, task.hash, by.hash);
  }

  /** Removes what nothing needs any more, in small steps. */
  sweep(): Promise<void> {
    return sweep(this.database, this.clock.now());
  }

  /** Moves what was written from the WAL into the file, off this thread. */
  checkpoint(): Promise<void> {
    return checkpoint(this.file, indexKind);
  }

  close(): void {
    this.database.close();
  }

  /** Null, and out of the index, where the scores on disk are not those that were written. */
  private stored(row: Row, modelHash: string | null): StoredDetails | null {
    const scores = row['scores'] as Uint8Array;
    const evidence = row['evidence'] as Uint8Array;
    if (checksumOf(scores, evidence) !== row['checksum']) {
      if (!this.database.readOnly)
        this.database.run(
          `DELETE FROM results WHERE contentId = ? AND modelId = ? AND checksum = ?`,
          ...[Number(row['contentId']), Number(row['modelId']), Number(row['checksum'])],
        );
      return null;
    }
    const hash = row['contentHash'] as Uint8Array | undefined;
    return {
      ...placeOf(row),
      chunkCount: Number(row['chunkCount']),
      changed: row['changed'] === 1,
      given: givenOf(row),
      runs: runsOf(row),
      stale: row['changed'] === 1 || (modelHash !== null && row['modelHash'] !== modelHash),
      scores: floatsOf(scores),
      evidence: integersOf(evidence),
      modelName: String(row['modelName']),
      modelHash: String(row['modelHash']),
      contentHash: hash ? Buffer.from(hash).toString('hex') : '',
    };
  }
}

/** The document itself, what is below it, and its parts. */
const isOrIsIn = '(uri = ? OR (uri >= ? AND uri < ?) OR (uri >= ? AND uri < ?))';

function placesIn(uri: string): string[] {
  const { from, before } = partRange(uri);
  return [uri, `${uri}/`, `${uri}0`, from, before];
}
