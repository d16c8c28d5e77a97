// Folders that one process works in at a time.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { isAlive } from './isAlive';

/** Holds the process id of the one that works there. */
export const holderName = 'pid';

/** Between making the file and writing into it nothing takes longer. */
const writingMs = 10_000;

/** Process id of the one that works there now; null where nobody does. */
export function holderOf(folder: string): number | null {
  const holder = Number(contentOf(path.join(folder, holderName)));
  return holder > 0 && isAlive(holder) ? holder : null;
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
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
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
  if (contentOf(file) === String(process.pid)) fs.rmSync(file, { force: true });
}
