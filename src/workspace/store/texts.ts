// What the index knows of texts, whatever documents have them.
import type { DocumentScores } from '../../shared/classifier';
import { checksumOf, floatsOf, integersOf } from './blobs';
import type { Database } from './database';
import type { WriterIds } from './unscored';

/** See DocumentScores. */
export type TextScores = Pick<DocumentScores, 'scores' | 'evidence'>;

/** Null where there are none, or they were damaged on disk. `contentId`: see RunWriter.content. */
export function textScores(database: Database, { task, model }: WriterIds, contentId: number): TextScores | null {
  const row = database.get(
    'SELECT scores, evidence, checksum FROM results WHERE contentId = ? AND taskId = ? AND modelId = ?',
    ...[contentId, task, model],
  );
  if (!row) return null;
  const [scores, evidence] = [row['scores'] as Uint8Array, row['evidence'] as Uint8Array];
  if (checksumOf(scores, evidence) !== row['checksum']) return null;
  return { scores: floatsOf(scores), evidence: integersOf(evidence) };
}

/** A known text (sha256, hex) was met: a sweep is to leave it. Nothing is written where it does so anyway. */
export function metText(database: Database, hash: string): void {
  database.run(
    'UPDATE contents SET unusedSinceMs = NULL WHERE hash = ? AND unusedSinceMs IS NOT NULL',
    Buffer.from(hash, 'hex'),
  );
}
