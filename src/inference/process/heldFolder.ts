// Folders that one process works in at a time.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { isAlive } from './isAlive';

/** Holds the process id of the one that works there and, where the system tells it, when that process began. */
export const holderName = 'pid';

/** Between making the file and writing into it nothing takes longer. */
const writingMs = 10_000;

/** Process id of the one that works there now; null where nobody does. */
export function holderOf(folder: string): number | null {
  const [written = '', began = ''] = contentOf(path.join(folder, holderName))?.split(' ') ?? [];
  const holder = Number(written);
  if (!(holder > 0) || !isAlive(holder)) return null;
  const now = startOf(holder);
  return began === '' || now === '' || began === now ? holder : null;
}

/**
 * Tells processes apart that had the same number one after the other, which in a container may be all of them. In ticks since the
 * machine started, as Linux has it (proc_pid_stat(5)); empty where it is not told.
 */
function startOf(pid: number): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before it, in parentheses, may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** What this process writes. */
function ownMark(): string {
  return `${process.pid} ${startOf(process.pid)}`.trim();
}

/**
 * Holds a folder, which must be there, until `releaseFolder` or the end of this process.
 * @param refusal What to tell where another process holds it.
 * @throws AppError input-invalid.
 */
export function holdFolder(folder: string, refusal: (pid: number) => string): void {
  const file = path.join(folder, holderName);
  while (!tryToMake(file)) {
    const written = contentOf(file);
    const holder = holderOf(folder);
    if (holder !== null) throw new AppError('input-invalid', refusal(holder));
    // Made by a process that is about to write its id.
    if (written === '' && isFresh(file)) continue;
    // Only what was seen to be left by a process that ended: another may have taken its place in between.
    const left = `${file}.${process.pid}`;
    if (written !== null && isRenamed(file, left)) {
      if (contentOf(left) === written) fs.rmSync(left, { force: true });
      else fs.renameSync(left, file);
    }
  }
}

/** False where there is one. */
function tryToMake(file: string): boolean {
  return succeeds('EEXIST', () => {
    fs.writeFileSync(file, ownMark(), { flag: 'wx' });
  });
}

/** False where it is gone. */
function isRenamed(from: string, to: string): boolean {
  return succeeds('ENOENT', () => {
    fs.renameSync(from, to);
  });
}

function isFresh(file: string): boolean {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats !== undefined && Date.now() - stats.mtimeMs < writingMs;
}

/** Null where there is none. */
function contentOf(file: string): string | null {
  let content: string | null = null;
  succeeds('ENOENT', () => {
    content = fs.readFileSync(file, 'utf8');
  });
  return content;
}

function succeeds(failure: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== failure) throw error;
    return false;
  }
}

/** Nothing where another process holds it by now. */
export function releaseFolder(folder: string): void {
  const file = path.join(folder, holderName);
  if (contentOf(file) === ownMark()) fs.rmSync(file, { force: true });
}
