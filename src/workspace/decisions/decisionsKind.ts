// The file of decisions: its schema, as the steps that lead to it.
import type { DatabaseKind } from '../store/database';

/**
 * `decisions` has one row a key and author: usually one, several where people differ. `revision` counts commits; a document
 * carries the one of its last change, so that another window can ask what changed.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    revision INTEGER NOT NULL,
    UNIQUE (root, path)
  );
  CREATE INDEX documentsByRevision ON documents (revision);

  CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    documentId INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    -- [exact, prefix, suffix] as JSON; empty: the document as a whole.
    passage TEXT NOT NULL,
    -- Where the passage lay when it was decided on last; UTF-16 units.
    startsAt INTEGER NOT NULL,
    endsAt INTEGER NOT NULL,
    UNIQUE (documentId, passage)
  );

  CREATE TABLE decisions (
    placeId INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    labelSet TEXT NOT NULL,
    -- Full label name; empty: about the place ("none fits").
    label TEXT NOT NULL,
    -- Empty: nobody's name is known.
    author TEXT NOT NULL,
    verdict TEXT NOT NULL,
    textHash BLOB NOT NULL,
    decidedMs INTEGER NOT NULL,
    settlesMs INTEGER,
    PRIMARY KEY (placeId, labelSet, label, author)
  ) WITHOUT ROWID;
  CREATE INDEX decisionsBySet ON decisions (labelSet, placeId);
  CREATE INDEX decisionsByText ON decisions (textHash);

  CREATE TABLE steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Each opening of the file is a session: what another window does meanwhile is not undone here.
    session TEXT NOT NULL,
    -- StepTitle as JSON.
    title TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE changes (
    stepId INTEGER NOT NULL REFERENCES steps (id) ON DELETE CASCADE,
    placeId INTEGER NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    labelSet TEXT NOT NULL,
    label TEXT NOT NULL,
    -- All rows of the key, as JSON.
    before TEXT NOT NULL,
    after TEXT NOT NULL
  );
  CREATE INDEX changesByStep ON changes (stepId);
  CREATE INDEX changesByPlace ON changes (placeId);

  CREATE TABLE counters (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    revision INTEGER NOT NULL,
    -- Revision of the last move or renaming: what changed then cannot be told document by document.
    allRevision INTEGER NOT NULL,
    -- The latest time of a decision.
    latestMs INTEGER NOT NULL
  );
  INSERT INTO counters VALUES (1, 0, 0, 0);
  `,
  `
  -- Lines of a team's file as they were read or written last.
  CREATE TABLE fileLines (
    file TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (file, line)
  ) WITHOUT ROWID;
  `,
];

export const decisionsKind: DatabaseKind = {
  name: 'The file of decisions',
  use: 'decisions',
  damaged: 'It is set aside, not deleted, on the next start.',
  renewed: 'Decide once more with this one.',
  afterwards: 'new decisions go to a new file',
  durable: true,
  // "GLTD".
  applicationId: 0x474c_5444,
  steps: migrations,
};
