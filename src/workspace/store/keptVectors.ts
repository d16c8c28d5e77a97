// All documents of the index with what is kept of their texts as vectors.
import { lazy } from '../../core/lazy';
import type { DocumentVectors } from '../../shared/classifier';
import type { DocumentPlace, TaskIdentity } from '../types';
import { vectorsOf } from './blobs';
import type { Database, Row } from './database';
import { placeOf } from './sources';

/** A document with tags under any task. */
export interface KeptPlace extends DocumentPlace {
  /** Ascending in the order of arrival. */
  readonly id: number;
  /** Null where none are kept. Read from the row at first use: of most documents a search may want nothing. */
  readonly kept: {
    readonly vectors: DocumentVectors;
    /** sha256 (hex) of the text that they are of, which may be older than the document. */
    readonly textHash: string;
  } | null;
}

/**
 * Documents behind the id `after`, by id, whatever task tagged them. The text is the one that was seen last, or, where nothing is kept of
 * that, one that a task shows. `model`: hash.
 */
export function keptPlaces(
  database: Database,
  { documentHash }: Pick<TaskIdentity, 'documentHash'>,
  model: string,
  after: number,
  limit: number,
): KeptPlace[] {
  const rows = database.all(
    `SELECT d.id, d.uri, d.root, d.path, d.part, c.hash, v.data, v.spans, v.checksum
     FROM (
       SELECT d.*, e.id AS encodingId, COALESCE(
         (SELECT v.contentId FROM vectors v WHERE v.contentId = d.contentId AND v.encodingId = e.id),
         (SELECT v.contentId FROM assignments a JOIN vectors v ON v.contentId = a.contentId AND v.encodingId = e.id
          WHERE a.documentId = d.id ORDER BY a.taskId DESC LIMIT 1)) AS textId
       FROM documents d
       LEFT JOIN encodings e ON e.documentHash = :encoding AND e.modelId = (SELECT id FROM models WHERE hash = :model)
       WHERE d.id > :after AND EXISTS (SELECT 1 FROM assignments a WHERE a.documentId = d.id)
       ORDER BY d.id LIMIT :limit
     ) d
     LEFT JOIN contents c ON c.id = d.textId
     LEFT JOIN vectors v ON v.contentId = d.textId AND v.encodingId = d.encodingId
     ORDER BY d.id`,
    { encoding: documentHash, model, after, limit },
  );
  return rows.map((row) => {
    const read = lazy(() => ({ kept: keptOf(row) }));
    return {
      ...placeOf(row),
      get kept() {
        return read().kept;
      },
    };
  });
}

function keptOf(row: Row): KeptPlace['kept'] {
  if (row['data'] === null) return null;
  const vectors = vectorsOf(row['data'] as Uint8Array, row['spans'] as Uint8Array, row['checksum']);
  return vectors && { vectors, textHash: Buffer.from(row['hash'] as Uint8Array).toString('hex') };
}
