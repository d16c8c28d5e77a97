// `--decisions FILE`: the store in a SQLite file, or a team's JSON Lines, by the file's extension.
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Decision } from '../../core/review/decision';
import { toLines } from '../../core/review/decisionLines';
import { AppError } from '../../shared/errors';
import { DecisionReads } from '../../workspace/decisions/decisionReads';
import { DecisionStore } from '../../workspace/decisions/decisionStore';
import { decisionsKind } from '../../workspace/decisions/decisionsKind';
import { fileStamp, readWholeDecisionsFile, replaceDecisionsFile } from '../../workspace/decisions/decisionsFile';
import { WriterLock } from '../../workspace/store/database';

export interface DecisionsHome {
  readonly store: DecisionStore;
  /** Steps can be undone: only the SQLite file keeps them. */
  readonly keepsSteps: boolean;
}

/** Runs `work` over the decisions of a file; what it changed is in the file when this returns. Throws AppError. */
export async function withDecisions<T>(
  file: string,
  by: string | undefined,
  work: (home: DecisionsHome) => T | Promise<T>,
): Promise<T> {
  if (isLines(file)) return withLines(file, by, work);
  const { store, notice } = await DecisionStore.open(path.resolve(file), by === undefined ? {} : { by });
  if (notice) process.stderr.write(`glitag: ${notice.message}\n`);
  try {
    return await work({ store, keepsSteps: true });
  } finally {
    store.close();
  }
}

/**
 * All that was decided under a set (null: all sets), by whomever; the decisions on a document stand together. Nothing about the file
 * changes, and there need be none. Throws AppError.
 */
export async function readDecisions(file: string, set: string | null): Promise<Decision[]> {
  if (isLines(file))
    return (await readWholeDecisionsFile(file)).filter((decision) => set === null || decision.set === set);
  const store = DecisionReads.openToRead(path.resolve(file));
  try {
    return store === null ? [] : await decisionsIn(store, set);
  } finally {
    store?.close();
  }
}

async function decisionsIn(store: DecisionReads, set: string | null): Promise<Decision[]> {
  const decisions: Decision[] = [];
  // One by one: an imported file is one document, and its page may be longer than a call takes arguments.
  for await (const page of store.decisions(set)) for (const decision of page) decisions.push(decision);
  return decisions;
}

/** The same algorithms over both forms: lines are read into a store in memory and written back where it changed. */
async function withLines<T>(
  file: string,
  by: string | undefined,
  work: (home: DecisionsHome) => T | Promise<T>,
): Promise<T> {
  const lock = await lockOf(path.resolve(file));
  const store = DecisionStore.inMemory(by === undefined ? {} : { by });
  try {
    const stamp = await fileStamp(file);
    await store.merge(await readWholeDecisionsFile(file));
    const { revision } = store;
    const result = await work({ store, keepsSteps: false });
    if (store.revision !== revision) {
      const decisions = await decisionsIn(store, null);
      await mkdir(path.dirname(file), { recursive: true });
      // An editor or git knows nothing of the lock.
      if ((await replaceDecisionsFile(file, toLines(decisions), stamp)) === null)
        throw new AppError(
          'index-busy',
          `${file} was written by another program meanwhile, and has nothing of this. Run the command again.`,
        );
    }
    return result;
  } finally {
    store.close();
    lock.release();
  }
}

/** Throws AppError input-invalid where the name does not say which form the file has. */
export function checkDecisionsName(file: string): void {
  isLines(file);
}

function isLines(file: string): boolean {
  const extension = path.extname(file).toLowerCase();
  if (extension === '.jsonl') return true;
  if (['.sqlite', '.sqlite3', '.db'].includes(extension)) return false;
  throw new AppError(
    'input-invalid',
    `--decisions ${file}: name it .jsonl (JSON Lines, to commit and merge) or .sqlite (with undo).`,
  );
}

const lockTries = 50;

/** Two commands at once wait for each other; the lock lies outside the folder, where nobody commits it. */
async function lockOf(file: string): Promise<WriterLock> {
  const name = createHash('sha256').update(`${os.userInfo().uid} ${file}`).digest('hex').slice(0, 24);
  for (let tries = 1; ; tries++) {
    try {
      return WriterLock.acquire(path.join(os.tmpdir(), `glitag-${name}`), decisionsKind);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'index-busy') throw error;
      if (tries === lockTries)
        throw new AppError('index-busy', `${file} is in use by another command. Try again when that has finished.`);
      await wait(100);
    }
  }
}
