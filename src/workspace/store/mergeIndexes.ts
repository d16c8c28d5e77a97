// Puts several indexes together into a new one: shards that several machines tagged, or folders that were tagged apart.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { refusalText } from '../find/skipReasons';
import { Database } from './database';
import { copyDatabase, findDamage } from './databaseThread';
import { indexKind } from './indexKind';
import { mergeIndex } from './mergeIndex';
import { migrate } from './migrations';

/**
 * Makes the file `out`, which must not be there: it comes to be whole or not at all. The inputs stay as they are, also those that an older
 * GLiTag wrote; runs over them may go on. Where several know a document, what the one says counts that was written last; results of the
 * same text, labels and model are the same anyway. Throws AppError `input-invalid`, `index-*`.
 */
export async function mergeIndexes(out: string, inputs: readonly string[]): Promise<void> {
  if (fs.existsSync(out))
    throw new AppError('input-invalid', `${out} is there already. Name a new file, or delete it.`);
  const scratch = makeScratch(path.dirname(out));
  try {
    const merged = path.join(scratch, 'merged.sqlite');
    const read: { readonly file: string; readonly usedMs: number }[] = [];
    for (const [at, input] of inputs.entries()) read.push(await snapshot(input, path.join(scratch, `${at}.sqlite`)));
    // What was written last overwrites what was before.
    read.sort((a, b) => a.usedMs - b.usedMs);
    const database = Database.open(merged, indexKind);
    try {
      migrate(database);
      for (const { file } of read) mergeIndex(database, file);
      // Alone in its file, so that it can be renamed.
      database.exec('PRAGMA journal_mode = DELETE');
    } finally {
      database.close();
    }
    fs.renameSync(merged, out);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** A new folder in `folder`, which is made where it is not there. */
function makeScratch(folder: string): string {
  try {
    fs.mkdirSync(folder, { recursive: true });
    return fs.mkdtempSync(path.join(folder, '.glitag-merge-'));
  } catch (cause) {
    throw new AppError(
      'index-unavailable',
      `Nothing can be written to the folder ${folder} (${refusalText(cause)}). Name another file.`,
      { cause },
    );
  }
}

/** A copy of an index as it is now, in today's schema, and when it was last written to. */
async function snapshot(file: string, copy: string): Promise<{ readonly file: string; readonly usedMs: number }> {
  if (!fs.existsSync(file)) throw new AppError('input-invalid', `There is no file ${file}. Check the path.`);
  const damage = await findDamage(file, indexKind);
  if (damage !== null)
    throw new AppError(
      'index-unavailable',
      `The index ${file} is damaged (${damage}). Leave it out, or tag its documents again.`,
    );
  await copyDatabase(file, indexKind, copy);
  const database = Database.open(copy, indexKind, file);
  try {
    migrate(database);
    return { file: copy, usedMs: Number(database.get('SELECT MAX(usedMs) AS last FROM tasks')?.['last'] ?? 0) };
  } finally {
    database.close();
  }
}
