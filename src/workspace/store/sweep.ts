// Removes from the index what nothing needs: texts without a document after a while, and all of tasks that are long out of use.
import { untaughtSql } from '../../shared/taughtHash';
import { Breather } from '../flow/breather';
import type { Database } from './database';

/** A text that comes back (another branch, an undone deletion) finds its result for so long. */
const unusedContentMs = 7 * 24 * 60 * 60 * 1000;
/** Label sets are edited often, and an edit undone should cost nothing; each task keeps a few hundred bytes a document. */
const keptTasks = 12;
/** Vectors are the bulk of the index: those of the models and prompts in use, and of the last before. */
const keptEncodings = 3;
/** What was decided is decided on again: scores that a model gave with the examples of then, for a decision that is undone. */
const keptLessons = 2;
/** Contents looked at in one transaction: a few milliseconds. */
const step = 500;

const encodings = 'SELECT e.id FROM encodings e JOIN models m ON m.id = e.modelId';
const isTaught = `(${untaughtSql('m.hash')} <> m.hash)`;
const lastUsed = 'ORDER BY e.usedMs DESC, e.id DESC LIMIT -1';

export async function sweep(database: Database, nowMs: number): Promise<void> {
  const oldTasks = ids(database, `SELECT id FROM tasks ORDER BY usedMs DESC, id DESC LIMIT -1 OFFSET ${keptTasks}`);
  const oldEncodings = [
    ...ids(database, `${encodings} WHERE NOT ${isTaught} ${lastUsed} OFFSET ${keptEncodings}`),
    // These have no vectors.
    ...ids(database, `${encodings} WHERE ${isTaught} ${lastUsed} OFFSET ${keptLessons}`),
  ];
  const oldLessons = ids(
    database,
    `SELECT m.id FROM models m WHERE ${isTaught}
       AND NOT EXISTS (SELECT 1 FROM encodings e WHERE e.modelId = m.id AND e.id NOT IN (SELECT value FROM json_each(?)))`,
    JSON.stringify(oldEncodings),
  );
  const breather = new Breather();
  for (const taskId of oldTasks) await removePlaces(database, taskId, breather);
  await inContents(database, breather, (from, before) => {
    sweepContents(database, from, before, nowMs, { oldTasks, oldEncodings });
    removeHiddenResults(database, from, before, oldLessons);
  });
  database.transaction(() => {
    for (const id of oldTasks) database.run('DELETE FROM tasks WHERE id = ?', id);
    for (const id of oldEncodings) database.run('DELETE FROM encodings WHERE id = ?', id);
    database.run('DELETE FROM runs WHERE scope IS NULL AND id <= (SELECT MAX(id) FROM runs) - 1000');
    // Runs over folders say which files are to have tags at all: the last over the same folders says all that those before it do.
    database.run(
      `DELETE FROM runs WHERE scope IS NOT NULL
       AND id NOT IN (SELECT MAX(id) FROM runs WHERE scope IS NOT NULL GROUP BY taskId, scope)`,
    );
  });
}

/**
 * Removes all that is kept under a task, and gives its runs to the one that takes its place. The task itself stays, for whoever may
 * be writing under it; it is the first that a sweep removes.
 */
export async function supersede(database: Database, hash: string, by: string): Promise<void> {
  const [old, next] = [hash, by].map((one) => database.get('SELECT id FROM tasks WHERE hash = ?', one)?.['id']);
  if (old === undefined) return;
  const taskId = Number(old);
  const breather = new Breather();
  database.run('UPDATE tasks SET usedMs = 0 WHERE id = ?', taskId);
  if (next !== undefined) database.run('UPDATE runs SET taskId = ? WHERE taskId = ?', Number(next), taskId);
  await removePlaces(database, taskId, breather);
  await inContents(database, breather, (from, before) => {
    removeResults(database, from, before, taskId);
  });
}

/** Which results documents show under the task, and what it left out. */
async function removePlaces(database: Database, taskId: number, breather: Breather): Promise<void> {
  await inSteps(
    breather,
    () =>
      database.run(
        `DELETE FROM assignments WHERE taskId = ? AND documentId IN (SELECT documentId FROM assignments WHERE taskId = ? LIMIT ${step})`,
        ...[taskId, taskId],
      ).changes > 0,
  );
  await inSteps(
    breather,
    () =>
      database.run(`DELETE FROM skips WHERE id IN (SELECT id FROM skips WHERE taskId = ? LIMIT ${step})`, taskId)
        .changes > 0,
  );
}

/** Goes through all contents in transactions of a few milliseconds. */
async function inContents(
  database: Database,
  breather: Breather,
  work: (from: number, before: number) => void,
): Promise<void> {
  const last = Number(database.get('SELECT MAX(id) AS last FROM contents')?.['last'] ?? 0);
  for (let from = 0; from <= last; from += step) {
    database.transaction(() => {
      work(from, from + step);
    });
    if (breather.due) await breather.pause();
  }
}

function removeResults(database: Database, from: number, before: number, taskId: number): void {
  for (const table of ['results', 'failures'])
    database.run(`DELETE FROM ${table} WHERE contentId >= ? AND contentId < ? AND taskId = ?`, from, before, taskId);
}

/** Of these models, but for what documents show. */
function removeHiddenResults(database: Database, from: number, before: number, models: readonly number[]): void {
  if (models.length === 0) return;
  database.run(
    `DELETE FROM results WHERE contentId >= ? AND contentId < ? AND modelId IN (SELECT value FROM json_each(?))
     AND NOT EXISTS (SELECT 1 FROM assignments a
       WHERE a.contentId = results.contentId AND a.taskId = results.taskId AND a.modelId = results.modelId)`,
    ...[from, before, JSON.stringify(models)],
  );
}

/** Contents with `from` <= id < `before`. */
function sweepContents(
  database: Database,
  from: number,
  before: number,
  nowMs: number,
  { oldTasks, oldEncodings }: { readonly oldTasks: readonly number[]; readonly oldEncodings: readonly number[] },
): void {
  for (const taskId of oldTasks) removeResults(database, from, before, taskId);
  for (const encodingId of oldEncodings)
    database.run(
      'DELETE FROM vectors WHERE contentId >= ? AND contentId < ? AND encodingId = ?',
      from,
      before,
      encodingId,
    );
  const unused = `NOT EXISTS (SELECT 1 FROM documents d WHERE d.contentId = contents.id)
    AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.contentId = contents.id)`;
  database.run(
    `DELETE FROM contents WHERE id >= ? AND id < ? AND unusedSinceMs < ? AND ${unused}`,
    ...[from, before, nowMs - unusedContentMs],
  );
  database.run(
    `UPDATE contents SET unusedSinceMs = ? WHERE id >= ? AND id < ? AND unusedSinceMs IS NULL AND ${unused}`,
    ...[nowMs, from, before],
  );
}

async function inSteps(breather: Breather, work: () => boolean): Promise<void> {
  while (work()) if (breather.due) await breather.pause();
}

function ids(database: Database, sql: string, ...values: readonly string[]): number[] {
  return database.all(sql, ...values).map((row) => Number(row['id']));
}
