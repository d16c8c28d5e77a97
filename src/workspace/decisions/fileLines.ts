// The lines of a team's file as this workspace read or wrote them last, so that those that vanish are told from those never seen.
import type { Slices } from '../../core/slices';
import type { Database } from '../store/database';

export function readLines(database: Database, file: string): Set<string> {
  return new Set(database.all('SELECT line FROM fileLines WHERE file = ?', file).map((row) => String(row['line'])));
}

/** Lines read in one slice: about a millisecond. */
const sliceSize = 1_024;

function* readingLines(database: Database, file: string): Slices<Set<string>> {
  const sql = 'SELECT line FROM fileLines WHERE file = ? AND line > ? ORDER BY line LIMIT ?';
  const lines = new Set<string>();
  for (let last = ''; ;) {
    const rows = database.all(sql, file, last, sliceSize).map((row) => String(row['line']));
    for (const line of rows) lines.add(line);
    const end = rows.at(-1);
    if (end === undefined) return lines;
    last = end;
    yield;
  }
}

/** Writes what is different: the lines of a team are many, and a step changes one. Where nothing is, no other window wakes. */
export function* noteLines(database: Database, file: string, lines: ReadonlySet<string>): Slices<void> {
  const before = yield* readingLines(database, file);
  const gone = [...before].filter((line) => !lines.has(line));
  const fresh = [...lines].filter((line) => !before.has(line));
  for (const line of gone) {
    database.run('DELETE FROM fileLines WHERE file = ? AND line = ?', file, line);
    yield;
  }
  for (const line of fresh) {
    database.run('INSERT OR IGNORE INTO fileLines (file, line) VALUES (?, ?)', file, line);
    yield;
  }
}
