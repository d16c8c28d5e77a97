// Documents of the index by URI, a page at a time.
import type { Database } from './database';
import type { UriRange } from './runWriter';

export interface PageRow {
  readonly id: number;
  readonly uri: string;
  readonly path: string;
}

/** Documents of any task in a range, behind `after`. */
export function documentsPage(database: Database, { from, before }: UriRange, after: string, limit: number): PageRow[] {
  const sql = 'SELECT id, uri, path FROM documents WHERE uri > ? AND uri >= ? AND uri < ? ORDER BY uri LIMIT ?';
  return database.all(sql, after, from, before, limit) as unknown as PageRow[];
}
