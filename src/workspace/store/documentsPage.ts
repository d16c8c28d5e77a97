// Documents of the index by URI, a page at a time.
import type { Database } from './database';
import type { UriRange } from './runWriter';

/** Documents of any task in a range, behind `after`. */
export function documentsPage(
  database: Database,
  { from, before }: UriRange,
  after: string,
  limit: number,
): { id: number; uri: string }[] {
  const sql = 'SELECT id, uri FROM documents WHERE uri > ? AND uri >= ? AND uri < ? ORDER BY uri LIMIT ?';
  return database.all(sql, after, from, before, limit) as { id: number; uri: string }[];
}
