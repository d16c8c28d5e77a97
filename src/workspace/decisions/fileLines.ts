// The lines of a team's file as this workspace read or wrote them last, so that those that vanish are told from those never seen.
import type { Slices } from '../../core/slices';
import type { Database } from '../store/database';

export function readLines(database: Database, file: string): Set<string> {
  return new Set(database.all('SELECT line FROM fileLines WHERE file = ?', file).map((row) => String(row['line'])));
}

/** Writes what is different: the lines of a team are many, and a step changes one. Where nothing is, no other window wakes. */
export function* noteLines(database: Database, file: string, lines: ReadonlySet<string>): Slices<void> {
  const before = readLines(database, file);
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
