// Work on a database file that may take seconds where it is large: in a thread of its own, so that the event loop goes on.
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors';
import type { DatabaseKind, Row } from './database';
import { codes, meaning, sqlite } from './sqlite';

const threadSource = `
  const { parentPort, workerData } = require('node:worker_threads');
  process.removeAllListeners('warning');
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  try {
    const connection = new DatabaseSync(workerData.file);
    connection.exec('PRAGMA busy_timeout = 5000');
    const rows = connection.prepare(workerData.sql).all();
    connection.close();
    parentPort.postMessage({ rows });
  } catch (error) {
    parentPort.postMessage({ code: error.errcode, message: error.message });
  }
`;

/**
 * What is wrong with the file, or null. Throws AppError when it cannot be looked at. Indexes are held against their tables, too (twice the time
 * of SQLite's quick check): statements would stumble over what is wrong there, at each start anew.
 */
export async function findDamage(file: string, kind: DatabaseKind): Promise<string | null> {
  sqlite();
  const reply = await inThread(file, kind, 'PRAGMA integrity_check(5)');
  if (reply.rows) {
    const problems = reply.rows.map((row) => String(Object.values(row)[0])).filter((problem) => problem !== 'ok');
    return problems.length === 0 ? null : problems.join('; ');
  }
  const primary = (reply.code ?? 0) & 0xff;
  if (primary === codes.corrupt || primary === codes.notADatabase) return reply.message ?? 'damaged';
  // Damage of the header's format number; SQLite has no code of its own for it.
  if (primary === codes.error && reply.message === 'unsupported file format') return reply.message;
  throw meaning(file, kind, primary, new Error(reply.message));
}

/** Copies what the WAL holds into the file, as far as no reader is in the way. */
export async function checkpoint(file: string, kind: DatabaseKind): Promise<void> {
  await inThread(file, kind, 'PRAGMA wal_checkpoint(PASSIVE)');
}

/** Writes a copy as the file is now, what its WAL holds included, and changes nothing about it. `copy` must not be there. */
export async function copyDatabase(file: string, kind: DatabaseKind, copy: string): Promise<void> {
  const { rows, code = 0, message } = await inThread(file, kind, `VACUUM INTO '${copy.replaceAll("'", "''")}'`);
  if (!rows) throw meaning(file, kind, code & 0xff, new Error(message));
}

interface ThreadReply {
  readonly rows?: Row[];
  readonly code?: number;
  readonly message?: string;
}

function inThread(file: string, kind: DatabaseKind, sql: string): Promise<ThreadReply> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(threadSource, { eval: true, workerData: { file, sql } });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => {
      reject(new AppError('index-unavailable', `The check of ${kind.use} ${file} ended without a result.`));
    });
  });
}
