// What runs left out, and why.
import type { Skip } from '../types';
import { fragmentWords } from '../split/parts';
import type { Database, Row } from './database';

export interface StoredSkip extends Skip {
  readonly id: number;
}

/** Skips of a task (hash) behind the id `after`, by id. */
export function skipsPage(database: Database, task: string, after: number, limit: number): StoredSkip[] {
  const sql = `SELECT s.* FROM skips s JOIN tasks t ON t.id = s.taskId WHERE t.hash = ? AND s.id > ? ORDER BY s.id LIMIT ${limit}`;
  return database.all(sql, task, after).map(skipOf);
}

function skipOf(row: Row): StoredSkip {
  return {
    id: Number(row['id']),
    uri: String(row['uri']),
    root: String(row['root']),
    path: String(row['path']),
    ...fragmentWords(String(row['uri'])),
    reason: row['reason'] as Skip['reason'],
    detail: String(row['detail']),
    folder: row['folder'] === 1,
    ...(row['code'] === null ? {} : { code: row['code'] as NonNullable<Skip['code']> }),
  };
}
