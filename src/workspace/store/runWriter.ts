// What a run asks of the index and writes to it, under one task and one model.
import type { DocumentScores, DocumentVectors } from '../../shared/classifier';
import type { ErrorCode } from '../../shared/errors';
import { untaughtHash, untaughtSql } from '../../shared/taughtHash';
import type { DocumentSource, FindRoot, FoundFile, ModelChange, Skip, SourceFile, TaskIdentity } from '../types';
import { bytesOf, checksumOf, vectorsOf } from './blobs';
import type { Database, Row } from './database';
import { documentsPage, type PageRow } from './documentsPage';
import { partRange, sourceOf, sourceValues } from './sources';
import type { WriterIds } from './unscored';

export interface Clock {
  readonly now: () => number;
  /** Names this process, as far as failures of the model are concerned. */
  readonly session: string;
}

/** A text that the index has met. */
export interface KnownContent {
  readonly id: number;
  /** Its scores under this task and model are kept. */
  readonly hasResult: boolean;
  /** Its vectors under this model, prompt and chunk length are kept. */
  readonly hasVectors: boolean;
  /**
   * The model refused it in an earlier run, for good. A text that crashes the model is believed to do so only when it did in two
   * sessions: once may have been the machine, which was short of memory or ended the process.
   */
  readonly failure: { readonly code: ErrorCode; readonly message: string } | null;
}

export interface KnownDocument {
  readonly id: number;
  /** Null where the file changed, or may have. */
  readonly content: KnownContent | null;
  /** The document shows exactly this content's result already; nothing is to be written. */
  readonly current: boolean;
  /** As it was seen last. */
  readonly source: DocumentSource;
}

const contentColumns = `
  c.id AS contentId,
  EXISTS (SELECT 1 FROM results r WHERE r.contentId = c.id AND r.taskId = :task AND r.modelId = :model) AS hasResult,
  EXISTS (SELECT 1 FROM vectors v WHERE v.contentId = c.id AND v.encodingId = :encoding) AS hasVectors,
  (SELECT f.code || ' ' || f.message FROM failures f
   WHERE f.contentId = c.id AND f.taskId = :task AND f.modelId = :model AND f.sessions >= CASE f.code WHEN 'document-poison' THEN 2 ELSE 1 END)
    AS failure`;

const knownDocuments = `
  SELECT d.id, d.uri, d.root, d.path, d.part, d.size, d.mtimeMs, d.reading, d.runs, d.given, d.parts,
    a.contentId AS shown, a.modelId AS shownModel, ${contentColumns}
  FROM documents d
  LEFT JOIN contents c ON c.id = d.contentId
  LEFT JOIN assignments a ON a.taskId = :task AND a.documentId = d.id`;

export class RunWriter {
  private readonly taskId: number;
  private readonly modelId: number;
  private readonly encodingId: number;
  /** Of the model without what it was taught. */
  private readonly ownHash: string;
  /** Approximate bytes written since it was last set to 0; tells when a checkpoint is due. */
  written = 0;

  constructor(
    private readonly database: Database,
    task: TaskIdentity,
    model: { readonly hash: string; readonly name: string },
    private readonly clock: Clock,
  ) {
    this.ownHash = untaughtHash(model.hash);
    [this.taskId, this.modelId, this.encodingId] = database.transaction(() => {
      const taskId = idOf(
        database.get(
          `INSERT INTO tasks (hash, name, labels, usedMs) VALUES (?, ?, ?, ?)
           ON CONFLICT (hash) DO UPDATE SET name = excluded.name, labels = excluded.labels, usedMs = excluded.usedMs RETURNING id`,
          ...[task.hash, task.name, JSON.stringify(task.labels), clock.now()],
        ),
      );
      const modelId = idOf(
        database.get(
          'INSERT INTO models (hash, name) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET name = excluded.name RETURNING id',
          ...[model.hash, model.name],
        ),
      );
      const encodingId = idOf(
        database.get(
          `INSERT INTO encodings (modelId, documentHash, usedMs) VALUES (?, ?, ?)
           ON CONFLICT (modelId, documentHash) DO UPDATE SET usedMs = excluded.usedMs RETURNING id`,
          ...[modelId, task.documentHash, clock.now()],
        ),
      );
      return [taskId, modelId, encodingId];
    });
  }

  /** For queries of other files. */
  get ids(): WriterIds {
    return { task: this.taskId, model: this.modelId, encoding: this.encodingId };
  }

  /**
   * All that is known of a file without reading it: size and time decide whether it is still the one that was read. `reading`: how
   * it is to be read.
   */
  document(file: FoundFile, reading: string): KnownDocument | null {
    const row = this.database.get(`${knownDocuments} WHERE d.uri = :uri`, ...this.named({ uri: file.uri }));
    return row ? this.known(row, file, reading) : null;
  }

  /** As `document`, of the parts of a file, by URI, after `after`. */
  parts(
    file: FoundFile,
    reading: string,
    after: string,
    limit: number,
  ): (KnownDocument & { readonly uri: string; readonly part: string })[] {
    const { from, before } = partRange(file.uri);
    const rows = this.database.all(
      `${knownDocuments} WHERE d.uri > :after AND d.uri >= :from AND d.uri < :before ORDER BY d.uri LIMIT ${limit}`,
      ...this.named({ after, from, before }),
    );
    return rows.map((row) => ({
      ...this.known(row, file, reading),
      uri: String(row['uri']),
      part: String(row['part']),
    }));
  }

  private known(row: Row, file: FoundFile, reading: string): KnownDocument {
    const sameFile = file.mtimeMs >= 0 && row['mtimeMs'] === file.mtimeMs && row['size'] === file.size;
    const same = sameFile && row['contentId'] !== null && row['reading'] === reading;
    const content = same ? contentOf(row) : null;
    const placed = row['root'] === file.root && row['path'] === file.path;
    const current = placed && content !== null && row['shown'] === content.id && row['shownModel'] === this.modelId;
    return { id: Number(row['id']), content, current, source: sourceOf(row) };
  }

  /** What is known of a text by its hash (hex). */
  content(hash: string): KnownContent | null {
    const row = this.database.get(
      `SELECT ${contentColumns} FROM contents c WHERE c.hash = :hash`,
      ...this.named({ hash: Buffer.from(hash, 'hex') }),
    );
    return row ? contentOf(row) : null;
  }

  /** Null also where they were damaged on disk. */
  vectors(contentId: number): DocumentVectors | null {
    const row = this.database.get(
      'SELECT data, spans, checksum FROM vectors WHERE contentId = ? AND encodingId = ?',
      ...[contentId, this.encodingId],
    );
    if (!row) return null;
    const vectors = vectorsOf(row['data'] as Uint8Array, row['spans'] as Uint8Array, row['checksum']);
    if (!vectors) this.forgetVectors(contentId);
    return vectors;
  }

  forgetVectors(contentId: number): void {
    this.database.run('DELETE FROM vectors WHERE contentId = ? AND encodingId = ?', contentId, this.encodingId);
  }

  /** The id of a text, which is made known if it is not. */
  keepContent(hash: string): number {
    const { contentId } = this.database.get(
      `INSERT INTO contents (hash) VALUES (?)
       ON CONFLICT (hash) DO UPDATE SET unusedSinceMs = NULL RETURNING id AS contentId`,
      Buffer.from(hash, 'hex'),
    ) as { contentId: number };
    return contentId;
  }

  keepScores(contentId: number, outcome: DocumentScores): void {
    const scores = bytesOf(outcome.scores);
    const evidence = bytesOf(outcome.evidence);
    this.database.run(
      `INSERT OR REPLACE INTO results (contentId, taskId, modelId, chunkCount, scores, evidence, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...[contentId, this.taskId, this.modelId, outcome.chunkCount, scores, evidence, checksumOf(scores, evidence)],
    );
    this.database.run(
      'DELETE FROM failures WHERE contentId = ? AND taskId = ? AND modelId = ?',
      ...[contentId, this.taskId, this.modelId],
    );
    this.written += scores.length + evidence.length + rowBytes;
    if (!outcome.vectors) return;
    const data = bytesOf(outcome.vectors.values);
    const spans = bytesOf(outcome.vectors.spans);
    this.database.run(
      'INSERT OR REPLACE INTO vectors (contentId, encodingId, data, spans, checksum) VALUES (?, ?, ?, ?, ?)',
      ...[contentId, this.encodingId, data, spans, checksumOf(data, spans)],
    );
    this.written += data.length + spans.length + rowBytes;
  }

  /** Remembers that the model refused this text under this task. */
  keepFailure(contentId: number, code: ErrorCode, message: string): void {
    this.database.run(
      `INSERT INTO failures (contentId, taskId, modelId, code, message, sessions, lastSession) VALUES (?, ?, ?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET sessions = sessions + (lastSession <> excluded.lastSession),
         lastSession = excluded.lastSession, code = excluded.code, message = excluded.message`,
      ...[contentId, this.taskId, this.modelId, code, message, this.clock.session],
    );
  }

  /** Puts a text at its place. `showsResult`: its result is the document's under this task. Returns the document's id. */
  place(file: SourceFile, contentId: number, showsResult: boolean): number {
    const { id } = this.database.get(
      `INSERT INTO documents (uri, root, path, part, contentId, size, mtimeMs, reading, runs, given, parts)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (uri) DO UPDATE SET root = excluded.root, path = excluded.path, part = excluded.part,
         contentId = excluded.contentId, size = excluded.size, mtimeMs = excluded.mtimeMs, reading = excluded.reading,
         runs = excluded.runs, given = excluded.given, parts = excluded.parts RETURNING id`,
      ...[file.uri, file.root, file.path, file.part ?? null, contentId, file.size, file.mtimeMs],
      ...sourceValues(file.source),
    ) as { id: number };
    if (showsResult) {
      this.database.run(
        'INSERT OR REPLACE INTO assignments (taskId, documentId, contentId, modelId) VALUES (?, ?, ?, ?)',
        ...[this.taskId, id, contentId, this.modelId],
      );
      this.database.run('DELETE FROM skips WHERE taskId = ? AND uri = ?', this.taskId, file.uri);
    } else this.unassign(file.uri);
    this.written += rowBytes;
    return id;
  }

  /** Puts a file at its place that is read in parts: it has no tags of its own. Returns its id, and whether it had some. */
  placeWhole(file: SourceFile, contentId: number): { readonly id: number; readonly hadTags: boolean } {
    const hadTags = this.unassign(file.uri);
    return { id: this.place(file, contentId, false), hadTags };
  }

  /** Writes why a file has no tags. Returns the skip's id; nothing is written where it is known already. */
  skip(skip: Skip): number {
    const { root, path, reason, detail } = skip;
    const known = this.database.get(
      `SELECT id FROM skips WHERE taskId = ? AND uri = ? AND root = ? AND path = ? AND reason = ? AND detail = ? AND folder = ?`,
      ...[this.taskId, skip.uri, root, path, reason, detail, Number(skip.folder)],
    );
    if (known) return idOf(known);
    // Failed documents keep their place, so that an unchanged one is not read again.
    if (skip.reason !== 'failed') this.unassign(skip.uri);
    this.written += rowBytes;
    const { id } = this.database.get(
      `INSERT INTO skips (taskId, uri, root, path, reason, detail, folder, code) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (taskId, uri) DO UPDATE SET root = excluded.root, path = excluded.path, reason = excluded.reason,
         detail = excluded.detail, folder = excluded.folder, code = excluded.code RETURNING id`,
      ...[this.taskId, skip.uri, root, path, reason, detail, Number(skip.folder), skip.code ?? null],
    ) as { id: number };
    return id;
  }

  /** Documents (`documents`) or skips of this task in a scope of URIs, by URI, after `after`. */
  page(table: 'documents' | 'skips', scope: UriRange, after: string, limit: number): PageRow[] {
    if (table === 'documents') return documentsPage(this.database, scope, after, limit);
    const sql = `SELECT id, uri, path FROM skips WHERE taskId = ${this.taskId} AND uri > ? AND uri >= ? AND uri < ? ORDER BY uri LIMIT ?`;
    return this.database.all(sql, after, scope.from, scope.before, limit) as unknown as PageRow[];
  }

  /** Takes a document out of this task; one that no task has any more goes. Returns whether this task had it. */
  removeDocument(id: number): boolean {
    const had = this.database.run(
      'DELETE FROM assignments WHERE taskId = ? AND documentId = ?',
      this.taskId,
      id,
    ).changes;
    this.database.run(
      'DELETE FROM documents WHERE id = ? AND NOT EXISTS (SELECT 1 FROM assignments WHERE documentId = ?)',
      ...[id, id],
    );
    return had > 0;
  }

  removeSkip(id: number): void {
    this.database.run('DELETE FROM skips WHERE id = ?', id);
  }

  /** Documents whose tags under this task are other models' and whose text this one has not scored; null where there are none. */
  outdated(ranges: readonly UriRange[]): Omit<ModelChange, 'model'> | null {
    let documents = 0;
    let [sameName, onlyExamples] = [false, true];
    for (const { from, before } of ranges) {
      const row = this.database.get(
        `SELECT COUNT(*) AS documents, MAX(m.name = (SELECT name FROM models WHERE id = :model)) AS sameName,
           MIN(${untaughtSql('m.hash')} = :own) AS onlyExamples
         FROM assignments a
         JOIN models m ON m.id = a.modelId
         JOIN documents d ON d.id = a.documentId
         WHERE a.taskId = :task AND a.modelId <> :model AND d.uri >= :from AND d.uri < :before
           AND NOT EXISTS (SELECT 1 FROM results r WHERE r.contentId = a.contentId AND r.taskId = :task AND r.modelId = :model)`,
        { task: this.taskId, model: this.modelId, own: this.ownHash, from, before },
      );
      documents += Number(row?.['documents'] ?? 0);
      sameName ||= row?.['sameName'] === 1;
      onlyExamples &&= row?.['onlyExamples'] !== 0;
    }
    return documents === 0 ? null : { documents, sameName, onlyExamples };
  }

  /** `scope`: the folders that the run goes through; null for single files. */
  begin(scope: readonly RunScope[] | null): number {
    return this.database.run(
      'INSERT INTO runs (taskId, modelId, startedMs, scope) VALUES (?, ?, ?, ?)',
      ...[this.taskId, this.modelId, this.clock.now(), scope === null ? null : JSON.stringify(scope)],
    ).rowId;
  }

  finish(runId: number, state: string, stats: object): void {
    this.database.run(
      'UPDATE runs SET finishedMs = ?, state = ?, stats = ? WHERE id = ?',
      ...[this.clock.now(), state, JSON.stringify(stats), runId],
    );
  }

  /** Returns whether the document had tags. */
  private unassign(uri: string): boolean {
    const { changes } = this.database.run(
      'DELETE FROM assignments WHERE taskId = ? AND documentId = (SELECT id FROM documents WHERE uri = ?)',
      ...[this.taskId, uri],
    );
    return changes > 0;
  }

  private named(
    values: Readonly<Record<string, string | Uint8Array>>,
  ): [Readonly<Record<string, string | number | Uint8Array>>] {
    return [{ task: this.taskId, model: this.modelId, encoding: this.encodingId, ...values }];
  }
}

/** Bookkeeping of a row, for the estimate of what was written. */
const rowBytes = 200;

/** A folder that a run goes through. */
export type RunScope = Pick<FindRoot, 'uri' | 'start'>;

/** URIs from `from` up to but not including `before`. */
export interface UriRange {
  readonly from: string;
  readonly before: string;
}

function contentOf(row: Row): KnownContent {
  const failure = row['failure'] as string | null;
  const space = failure?.indexOf(' ') ?? 0;
  return {
    id: Number(row['contentId']),
    hasResult: row['hasResult'] === 1,
    hasVectors: row['hasVectors'] === 1,
    failure:
      failure === null ? null : { code: failure.slice(0, space) as ErrorCode, message: failure.slice(space + 1) },
  };
}

function idOf(row: Row | undefined): number {
  return Number(row?.['id']);
}
