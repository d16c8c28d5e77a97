// The index of tags: its schema, as the steps that lead to it.
import type { DatabaseKind } from './database';

/**
 * Results belong to contents (texts), not to documents (places): that is how equal texts are classified once and renamed files
 * keep their tags. `assignments` says which result a document shows under a task; it may be older than the document.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE contents (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, unusedSinceMs INTEGER);

  CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uri TEXT NOT NULL UNIQUE,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    -- NULL: changed since, with a text not seen yet.
    contentId INTEGER REFERENCES contents (id),
    size INTEGER NOT NULL,
    -- -1: says nothing, the text must be looked at.
    mtimeMs REAL NOT NULL
  );
  CREATE INDEX documentsByContent ON documents (contentId);

  CREATE TABLE models (id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL);

  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    labels TEXT NOT NULL,
    usedMs INTEGER NOT NULL
  );

  -- taskId and modelId are no foreign keys here: without an index on them each removal of a task would read the whole table.
  -- The sweep removes their rows.
  CREATE TABLE results (
    contentId INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
    taskId INTEGER NOT NULL,
    modelId INTEGER NOT NULL,
    chunkCount INTEGER NOT NULL,
    -- Float32 [labels]; Int32 [labels, 2]; CRC-32 of both.
    scores BLOB NOT NULL,
    evidence BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (contentId, taskId, modelId)
  ) WITHOUT ROWID;

  -- The model refused this text, in so many sessions, and will again; asking costs a crash or a long wait.
  CREATE TABLE failures (
    contentId INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
    taskId INTEGER NOT NULL,
    modelId INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    lastSession TEXT NOT NULL,
    PRIMARY KEY (contentId, taskId, modelId)
  ) WITHOUT ROWID;

  -- What, besides the text, decides a document's vectors: model, and prompt with chunk length (documentHash).
  CREATE TABLE encodings (
    id INTEGER PRIMARY KEY,
    modelId INTEGER NOT NULL,
    documentHash TEXT NOT NULL,
    usedMs INTEGER NOT NULL,
    UNIQUE (modelId, documentHash)
  );

  CREATE TABLE vectors (
    id INTEGER PRIMARY KEY,
    contentId INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
    encodingId INTEGER NOT NULL,
    -- Float32 [chunks, dimensions]; Int32 [chunks, 2]; CRC-32 of both.
    data BLOB NOT NULL,
    spans BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (contentId, encodingId)
  );

  CREATE TABLE assignments (
    taskId INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    documentId INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    contentId INTEGER NOT NULL REFERENCES contents (id),
    modelId INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
    PRIMARY KEY (taskId, documentId)
  ) WITHOUT ROWID;
  CREATE INDEX assignmentsByDocument ON assignments (documentId);
  CREATE INDEX assignmentsByContent ON assignments (contentId);

  CREATE TABLE skips (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    taskId INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    uri TEXT NOT NULL,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    folder INTEGER NOT NULL,
    code TEXT,
    UNIQUE (taskId, uri)
  );

  CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    taskId INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    modelId INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
    startedMs INTEGER NOT NULL,
    finishedMs INTEGER,
    -- NULL: under way, or killed.
    state TEXT,
    stats TEXT
  );
  `,
  // Untitled documents are kept in memory now: the next one of that name is another document.
  `
  DELETE FROM documents WHERE uri >= 'untitled:' AND uri < 'untitled;';
  DELETE FROM skips WHERE uri >= 'untitled:' AND uri < 'untitled;';
  `,
  `
  -- Small texts that others keep here, such as what a model folder held when it was loaded last.
  CREATE TABLE notes (key TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID;
  `,
  // What a run went through: JSON, see RunScope. NULL: single files, or from before this step.
  `
  ALTER TABLE runs ADD COLUMN scope TEXT;
  `,
  // How a document was read, and what was found beside its text. runs: Int32 [2 pairs]; given: JSON. NULL where there are none.
  `
  ALTER TABLE documents ADD COLUMN reading TEXT NOT NULL DEFAULT '';
  ALTER TABLE documents ADD COLUMN runs BLOB;
  ALTER TABLE documents ADD COLUMN given TEXT;
  `,
  // Parts of split files are documents with a fragment in their URI; part: their names. The file itself is a document without
  // tags then; parts: how many it has.
  `
  ALTER TABLE documents ADD COLUMN part TEXT;
  ALTER TABLE documents ADD COLUMN parts INTEGER;
  `,
];

export const indexKind: DatabaseKind = {
  name: 'The index of tags',
  use: 'the index',
  damaged: 'It is set aside and rebuilt on the next start.',
  renewed: 'Tag once more with this one.',
  afterwards: 'tag the workspace again to rebuild it',
  durable: false,
  // "GLTG".
  applicationId: 0x474c_5447,
  steps: migrations,
};
