// Under which tasks documents have tags.
import type { TaskIdentity } from '../types';
import type { Database } from './database';

/** A task with the number of documents that have tags under it. */
export interface TaggedTask extends Omit<TaskIdentity, 'documentHash'> {
  readonly documents: number;
}

/** The one that was used last comes first. */
export function taggedTasks(database: Database): TaggedTask[] {
  const rows = database.all(
    `SELECT t.hash, t.name, t.labels, COUNT(*) AS documents FROM tasks t JOIN assignments a ON a.taskId = t.id
     GROUP BY t.id ORDER BY t.usedMs DESC, t.id DESC`,
  );
  return rows.map((row) => ({
    hash: String(row['hash']),
    name: String(row['name']),
    labels: JSON.parse(String(row['labels'])) as string[],
    documents: Number(row['documents']),
  }));
}
