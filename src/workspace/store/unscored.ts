// What other tasks have tags of and one task has not: documents that can be scored under it without reading a text.
import type { DocumentPlace, TaskIdentity } from '../types';
import type { Database } from './database';

/** Row ids of what a writer writes under. */
export interface WriterIds {
  readonly task: number;
  readonly model: number;
  readonly encoding: number;
}

/** A document whose vectors are kept. */
export interface UnscoredDocument extends DocumentPlace {
  readonly id: number;
  /** The text that the vectors are of. */
  readonly contentId: number;
  /** Its scores under the task are kept too. */
  readonly hasResult: boolean;
}

export class Unscored {
  constructor(
    private readonly database: Database,
    private readonly ids: WriterIds,
  ) {}

  /**
   * In the order of their ids, after `after`. The text is the one that was seen last, or, where nothing is kept of that, the one
   * that another task shows.
   */
  page(after: number, limit: number): UnscoredDocument[] {
    const rows = this.database.all(
      `SELECT u.*, EXISTS (SELECT 1 FROM results r WHERE r.contentId = u.contentId AND r.taskId = :task AND r.modelId = :model)
         AS hasResult
       FROM (
         SELECT d.id, d.uri, d.root, d.path, COALESCE(
           (SELECT v.contentId FROM vectors v WHERE v.contentId = d.contentId AND v.encodingId = :encoding),
           (SELECT v.contentId FROM assignments a JOIN vectors v ON v.contentId = a.contentId AND v.encodingId = :encoding
            WHERE a.documentId = d.id ORDER BY a.taskId DESC LIMIT 1)) AS contentId
         FROM documents d
         WHERE d.id > :after AND EXISTS (SELECT 1 FROM assignments a WHERE a.documentId = d.id)
           AND NOT EXISTS (
             SELECT 1 FROM assignments a WHERE a.taskId = :task AND a.documentId = d.id AND a.modelId = :model)
       ) u WHERE u.contentId IS NOT NULL ORDER BY u.id LIMIT :limit`,
      { ...this.ids, after, limit },
    );
    return rows.map((row) => ({
      id: Number(row['id']),
      uri: String(row['uri']),
      root: String(row['root']),
      path: String(row['path']),
      contentId: Number(row['contentId']),
      hasResult: row['hasResult'] === 1,
    }));
  }

  /** The text's scores are the document's under the task. */
  assign({ id, uri, contentId }: Pick<UnscoredDocument, 'id' | 'uri' | 'contentId'>): void {
    this.database.run(
      'INSERT OR REPLACE INTO assignments (taskId, documentId, contentId, modelId) VALUES (?, ?, ?, ?)',
      ...[this.ids.task, id, contentId, this.ids.model],
    );
    this.database.run('DELETE FROM skips WHERE taskId = ? AND uri = ?', this.ids.task, uri);
  }

  /** Files that another task left out whatever its labels are. */
  copySkips({ hash }: Pick<TaskIdentity, 'hash'>): void {
    this.database.run(
      `INSERT OR IGNORE INTO skips (taskId, uri, root, path, reason, detail, folder)
       SELECT ?, s.uri, s.root, s.path, s.reason, s.detail, s.folder FROM skips s JOIN tasks t ON t.id = s.taskId
       WHERE t.hash = ? AND s.reason <> 'failed' AND NOT EXISTS (
         SELECT 1 FROM documents d JOIN assignments a ON a.documentId = d.id WHERE d.uri = s.uri AND a.taskId = ?)`,
      ...[this.ids.task, hash, this.ids.task],
    );
  }
}
