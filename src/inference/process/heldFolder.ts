// Folders that one process works in at a time.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { isAlive } from './isAlive';

/** Holds the process id of the one that works there. */
export const holderName = 'pid';

/** Process id of the one that works there now; null where nobody does. */
export function holderOf(folder: string): number | null {
  const file = path.join(folder, holderName);
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0;
  return holder > 0 && isAlive(holder) ? holder : null;
}

/**
 * Holds a folder, which must be there, until `releaseFolder` or the end of this process.
 * @param refusal What to tell where another process holds it.
 * @throws AppError input-invalid.
 */
export function holdFolder(folder: string, refusal: (pid: number) => string): void {
  const file = path.join(folder, holderName);
  const holder = holderOf(folder);
  if (holder !== null) throw new AppError('input-invalid', refusal(holder));
  fs.rmSync(file, { force: true });
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    // Another process was quicker.
    const other = holderOf(folder);
    throw other === null ? error : new AppError('input-invalid', refusal(other), { cause: error });
  }
}

export function releaseFolder(folder: string): void {
  fs.rmSync(path.join(folder, holderName), { force: true });
}
