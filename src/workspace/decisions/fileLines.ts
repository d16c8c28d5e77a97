// The lines of a team's file as this workspace read or wrote them last, so that those that vanish are told from those never seen.
import type { Database } from '../store/database';

export function readLines(database: Database, file: string): Set<string> {
  return new Set(database.all('SELECT line FROM fileLines WHERE file = ?', file).map((row) => String(row['line'])));
}

/** Writes what is different: the lines of a team are many, and a step changes one. */
export function noteLines(database: Database, file: string, lines: ReadonlySet<string>): void {
  const before = readLines(database, file);
  const gone = [...before].filter((line) => !lines.has(line));
  const fresh = [...lines].filter((line) => !before.has(line));
  // A commit would wake other windows.
  if (gone.length + fresh.length === 0) return;
  database.transaction(() => {
    for (const line of gone) database.run('DELETE FROM fileLines WHERE file = ? AND line = ?', file, line);
    for (const line of fresh) database.run('INSERT OR IGNORE INTO fileLines (file, line) VALUES (?, ?)', file, line);
  });
}
