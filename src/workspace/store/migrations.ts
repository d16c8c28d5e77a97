// Brings database files to the newest schema of their kind.
import { AppError } from '../../shared/errors';
import type { Database } from './database';

/** Brings the file to the newest schema, or throws AppError `index-unsupported` without touching it. */
export function migrate(database: Database, steps = database.kind.steps): void {
  if (schemaOf(database, steps) === steps.length) return;
  database.transaction(() => {
    // Another process may have done it while this one waited for its turn.
    for (const step of steps.slice(numberOf(database, 'user_version'))) database.exec(step);
    database.exec(`PRAGMA application_id = ${database.kind.applicationId}`);
    database.exec(`PRAGMA user_version = ${steps.length}`);
  });
}

/** For a file that is only read. Throws AppError `index-unsupported` unless its schema is the newest. */
export function checkSchema(database: Database): void {
  const { kind, file } = database;
  const schema = schemaOf(database, kind.steps);
  if (schema < kind.steps.length)
    throw new AppError(
      'index-unsupported',
      `${kind.name} ${file} was written by an older GLiTag (schema ${schema}, this one reads ${kind.steps.length}). ${kind.renewed}`,
    );
}

/** How many steps have been taken. Throws AppError `index-unsupported` for files of others and of newer versions. */
function schemaOf(database: Database, steps: readonly string[]): number {
  const { applicationId, name, use } = database.kind;
  const from = numberOf(database, 'user_version');
  const owner = numberOf(database, 'application_id');
  const foreign = owner !== applicationId && (owner !== 0 || from !== 0 || hasTables(database));
  if (foreign) {
    throw new AppError(
      'index-unsupported',
      `${database.file} is a database of another program. Name another file for ${use}.`,
    );
  }
  if (from > steps.length) {
    throw new AppError(
      'index-unsupported',
      `${name} ${database.file} was written by a newer GLiTag (schema ${from}, this one knows ${steps.length}). ` +
        `Update GLiTag, or name another file for ${use}.`,
    );
  }
  return from;
}

function numberOf(database: Database, pragma: string): number {
  return Number(database.get(`PRAGMA ${pragma}`)?.[pragma]);
}

function hasTables(database: Database): boolean {
  return database.get('SELECT 1 FROM sqlite_schema') !== undefined;
}
