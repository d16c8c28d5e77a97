// Takes all that one index knows into another. Rows are known by what they are of; their numbers are each file's own.
import type { Database } from './database';

/**
 * Tables of numbers: `id` is the row here for the row `was` there. Everything that is of a text, a model and labels can only be the same in
 * both, so the first stays; what is of a place (a document, a skip) is taken from `source`. What an index notes of its machine stays there.
 */
const steps: readonly string[] = [
  // A text that one of both uses is in use.
  `INSERT INTO contents (hash, unusedSinceMs) SELECT hash, unusedSinceMs FROM source.contents WHERE TRUE
   ON CONFLICT (hash) DO UPDATE SET unusedSinceMs = MAX(unusedSinceMs, excluded.unusedSinceMs)`,
  `INSERT INTO models (hash, name) SELECT hash, name FROM source.models WHERE TRUE ON CONFLICT (hash) DO UPDATE SET name = excluded.name`,
  `INSERT INTO tasks (hash, name, labels, usedMs) SELECT hash, name, labels, usedMs FROM source.tasks WHERE TRUE
   ON CONFLICT (hash) DO UPDATE SET name = excluded.name, labels = excluded.labels, usedMs = MAX(usedMs, excluded.usedMs)`,
  `CREATE TEMP TABLE contentIds AS SELECT s.id AS was, c.id FROM source.contents s JOIN contents c ON c.hash = s.hash`,
  `CREATE UNIQUE INDEX temp.contentWas ON contentIds (was)`,
  `CREATE TEMP TABLE modelIds AS SELECT s.id AS was, m.id FROM source.models s JOIN models m ON m.hash = s.hash`,
  `CREATE TEMP TABLE taskIds AS SELECT s.id AS was, t.id FROM source.tasks s JOIN tasks t ON t.hash = s.hash`,
  `INSERT INTO encodings (modelId, documentHash, usedMs) SELECT m.id, s.documentHash, s.usedMs FROM source.encodings s
   JOIN modelIds m ON m.was = s.modelId WHERE TRUE
   ON CONFLICT (modelId, documentHash) DO UPDATE SET usedMs = MAX(usedMs, excluded.usedMs)`,
  `CREATE TEMP TABLE encodingIds AS SELECT s.id AS was, e.id FROM source.encodings s
   JOIN modelIds m ON m.was = s.modelId JOIN encodings e ON e.modelId = m.id AND e.documentHash = s.documentHash`,
  `INSERT OR IGNORE INTO results (contentId, taskId, modelId, chunkCount, scores, evidence, checksum)
   SELECT c.id, t.id, m.id, s.chunkCount, s.scores, s.evidence, s.checksum FROM source.results s
   JOIN contentIds c ON c.was = s.contentId JOIN taskIds t ON t.was = s.taskId JOIN modelIds m ON m.was = s.modelId`,
  `INSERT OR IGNORE INTO vectors (contentId, encodingId, data, spans, checksum)
   SELECT c.id, e.id, s.data, s.spans, s.checksum FROM source.vectors s
   JOIN contentIds c ON c.was = s.contentId JOIN encodingIds e ON e.was = s.encodingId`,
  `INSERT INTO failures (contentId, taskId, modelId, code, message, sessions, lastSession)
   SELECT c.id, t.id, m.id, s.code, s.message, s.sessions, s.lastSession FROM source.failures s
   JOIN contentIds c ON c.was = s.contentId JOIN taskIds t ON t.was = s.taskId JOIN modelIds m ON m.was = s.modelId WHERE TRUE
   ON CONFLICT DO UPDATE SET sessions = MAX(sessions, excluded.sessions), lastSession = excluded.lastSession,
     code = excluded.code, message = excluded.message`,
  `DELETE FROM failures WHERE EXISTS (SELECT 1 FROM results r
   WHERE r.contentId = failures.contentId AND r.taskId = failures.taskId AND r.modelId = failures.modelId)`,
  `INSERT INTO documents (uri, root, path, contentId, size, mtimeMs, reading, runs, given, part, parts)
   SELECT s.uri, s.root, s.path, c.id, s.size, s.mtimeMs, s.reading, s.runs, s.given, s.part, s.parts FROM source.documents s
   LEFT JOIN contentIds c ON c.was = s.contentId WHERE TRUE
   ON CONFLICT (uri) DO UPDATE SET root = excluded.root, path = excluded.path, contentId = excluded.contentId, size = excluded.size,
     mtimeMs = excluded.mtimeMs, reading = excluded.reading, runs = excluded.runs, given = excluded.given, part = excluded.part,
     parts = excluded.parts`,
  `INSERT OR REPLACE INTO assignments (taskId, documentId, contentId, modelId)
   SELECT t.id, d.id, c.id, m.id FROM source.assignments s JOIN source.documents sd ON sd.id = s.documentId
   JOIN documents d ON d.uri = sd.uri
   JOIN contentIds c ON c.was = s.contentId JOIN taskIds t ON t.was = s.taskId JOIN modelIds m ON m.was = s.modelId`,
  // A document that was tagged before and left out since, and the other way round.
  `DELETE FROM assignments WHERE (taskId, documentId) IN (SELECT t.id, d.id FROM source.skips s
   JOIN taskIds t ON t.was = s.taskId JOIN documents d ON d.uri = s.uri WHERE NOT EXISTS (
     SELECT 1 FROM source.assignments a JOIN source.documents sd ON sd.id = a.documentId WHERE a.taskId = s.taskId AND sd.uri = s.uri))`,
  `DELETE FROM skips WHERE (taskId, uri) IN (SELECT t.id, sd.uri FROM source.assignments a
   JOIN source.documents sd ON sd.id = a.documentId JOIN taskIds t ON t.was = a.taskId)`,
  `INSERT INTO skips (taskId, uri, root, path, reason, detail, folder, code)
   SELECT t.id, s.uri, s.root, s.path, s.reason, s.detail, s.folder, s.code FROM source.skips s
   JOIN taskIds t ON t.was = s.taskId WHERE TRUE
   ON CONFLICT (taskId, uri) DO UPDATE SET root = excluded.root, path = excluded.path, reason = excluded.reason, detail = excluded.detail,
     folder = excluded.folder, code = excluded.code`,
  `INSERT INTO runs (taskId, modelId, startedMs, finishedMs, state, stats, scope)
   SELECT t.id, m.id, s.startedMs, s.finishedMs, s.state, s.stats, s.scope FROM source.runs s
   JOIN taskIds t ON t.was = s.taskId JOIN modelIds m ON m.was = s.modelId ORDER BY s.id`,
  ...['contentIds', 'modelIds', 'taskIds', 'encodingIds'].map((table) => `DROP TABLE temp.${table}`),
];

/** `file`: an index of today's schema; where both know a place, it has the last word. All or nothing. */
export function mergeIndex(database: Database, file: string): void {
  database.withAttached(file, () => {
    database.transaction(() => {
      for (const step of steps) database.exec(step);
    });
  });
}
