// Opens the index file: checks it, sets a damaged one aside and begins afresh, brings an old one to the newest schema.
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import type { StoreNotice } from '../types';
import { Database, WriterLock, findDamage } from './database';
import { migrate } from './migrations';

export interface OpenOptions {
  /**
   * Whatever is found under this name is the index, because the folder is ours. Otherwise a file that does not even begin like an
   * index is refused instead of set aside: it may be something that the user named by mistake. Default false.
   */
  readonly ownFolder?: boolean;
}

const sqliteMagic = 'SQLite format 3\0';

/** Throws AppError `index-busy`, `index-unavailable`, `index-unsupported`. */
export async function openIndex(
  file: string,
  options: OpenOptions,
): Promise<{ readonly database: Database; readonly notice: StoreNotice | null }> {
  await mkdir(path.dirname(file), { recursive: true });
  const notice = await checkExisting(file, options.ownFolder ?? false);
  const database = Database.open(file);
  try {
    migrate(database);
    return { database, notice };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function checkExisting(file: string, ownFolder: boolean): Promise<StoreNotice | null> {
  const beginning = await firstBytes(file, sqliteMagic.length);
  if (beginning === null || beginning === '') return null;
  if (beginning !== sqliteMagic && !ownFolder) {
    throw new AppError(
      'index-unsupported',
      `${file} is not an index of GLiTag. Name another file, or delete this one.`,
    );
  }
  const damage = await findDamage(file);
  return damage === null ? null : setAside(file, damage);
}

async function setAside(file: string, damage: string): Promise<StoreNotice> {
  // Never take a file away from under another window's run.
  const lock = WriterLock.acquire(file);
  try {
    const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
    await rename(file, aside);
    for (const part of ['-wal', '-shm']) await renameIfThere(file + part, aside + part);
    return {
      kind: 'rebuilt',
      setAside: aside,
      message:
        `The index of tags was damaged (${damage.slice(0, 200)}). It was set aside as ${path.basename(aside)}; ` +
        'tag the workspace again to rebuild it.',
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
async function firstBytes(file: string, count: number): Promise<string | null> {
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
    throw new AppError('index-unavailable', `The index ${file} cannot be read.`, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
