// Opens a database file: checks it, sets a damaged one aside and begins afresh, brings an old one to the newest schema.
import fs from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { refusalText } from '../find/skipReasons';
import { isMissing } from '../read/isMissing';
import type { StoreNotice } from '../types';
import { Database, WriterLock } from './database';
import { findDamage } from './databaseThread';
import type { DatabaseKind } from './database';
import { checkSchema, migrate } from './migrations';

export interface OpenOptions {
  /**
   * Whatever is found under this name is ours, because the folder is. Otherwise a file that does not even begin like a database
   * is refused instead of set aside: it may be something that the user named by mistake. Default false.
   */
  readonly ownFolder?: boolean;
}

const sqliteMagic = 'SQLite format 3\0';

/** Throws AppError `index-busy`, `index-unavailable`, `index-unsupported`. */
export async function openDatabase(
  file: string,
  kind: DatabaseKind,
  options: OpenOptions,
): Promise<{ readonly database: Database; readonly notice: StoreNotice | null }> {
  await makeFolder(path.dirname(file), kind);
  const notice = await checkExisting(file, kind, options.ownFolder ?? false);
  const database = Database.open(file, kind);
  try {
    migrate(database);
    return { database, notice };
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens a file that others may be writing, to read it only: nothing about it changes. Null where there is none. Throws AppError
 * `index-unsupported`, `index-unavailable`, `index-damaged`, `index-busy`.
 */
export function openToRead(file: string, kind: DatabaseKind): Database | null {
  if (!fs.existsSync(file)) return null;
  const database = Database.openToRead(file, kind);
  try {
    checkSchema(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function makeFolder(folder: string, { use }: DatabaseKind): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new AppError(
      'index-unavailable',
      `The folder ${folder} for ${use} cannot be made (${refusalText(cause)}). Name another, or check the rights of the one above it.`,
      { cause },
    );
  }
}

async function checkExisting(file: string, kind: DatabaseKind, ownFolder: boolean): Promise<StoreNotice | null> {
  const beginning = await firstBytes(file, kind, sqliteMagic.length);
  if (beginning === null || beginning === '') return null;
  if (beginning !== sqliteMagic && !ownFolder) {
    throw new AppError(
      'index-unsupported',
      `${file} is not a file of GLiTag. Name another file for ${kind.use}, or delete this one.`,
    );
  }
  const damage = await findDamage(file, kind);
  return damage === null ? null : setAside(file, kind, damage);
}

async function setAside(file: string, kind: DatabaseKind, damage: string): Promise<StoreNotice> {
  // Never take a file away from under another window's run.
  const lock = WriterLock.acquire(file, kind);
  try {
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(file, aside);
    for (const part of ['-wal', '-shm']) await renameIfThere(file + part, aside + part);
    return {
      kind: 'rebuilt',
      setAside: aside,
      message: `${kind.name} was damaged (${damage.replace(/\s+/g, ' ').slice(0, 200)}). It was set aside as ${path.basename(aside)}; ${kind.afterwards}.`,
    };
  } finally {
    lock.release();
  }
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** The beginning of a file as Latin-1; null where there is no file. */
async function firstBytes(file: string, kind: DatabaseKind, count: number): Promise<string | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isMissing(error)) return null;
    throw new AppError('index-unavailable', `${kind.name} ${file} cannot be read.`, { cause: error });
  }
}
