// Tells without reading a file again whether it is still the one that was read.
import fs from 'node:fs';
import type { Stats } from 'node:fs';
import type { FileStamp } from '../../shared/childMessages';

/** Steps in which the coarsest file systems count time (FAT): a change within one of them may not show. */
const coarseClockMs = 2_000;

export function stampOf(path: string, { size, mtimeMs, ctimeMs, ino }: Stats): FileStamp {
  return { path, size, mtimeMs, ctimeMs, inode: ino };
}

/** The file's stamp now; null where it cannot be looked at. */
export function stampNow(path: string): FileStamp | null {
  try {
    return stampOf(path, fs.statSync(path));
  } catch {
    return null;
  }
}

/** A file changed again right after it was read, at equal size, could keep its stamp. Later than this it cannot. */
export function isSettled({ mtimeMs, ctimeMs }: FileStamp, nowMs: number): boolean {
  return Math.max(mtimeMs, ctimeMs) < nowMs - coarseClockMs;
}

export function isUnchanged(stamp: FileStamp): boolean {
  const now = stampNow(stamp.path);
  return (
    now !== null &&
    now.size === stamp.size &&
    now.mtimeMs === stamp.mtimeMs &&
    now.ctimeMs === stamp.ctimeMs &&
    now.inode === stamp.inode
  );
}
