// Disks that are full: asked before, and explained where it happens all the same.
import fs from 'node:fs';
import { AppError } from '../shared/errors';

/** Bytes that are free for this user where the folder lies. The folder must be there. */
export type FreeBytes = (folder: string) => number;

export const freeBytesOf: FreeBytes = (folder) => {
  const { bavail, bsize } = fs.statfsSync(folder);
  return bavail * bsize;
};

/** @throws AppError disk-full. */
export function checkSpace(folder: string, neededBytes: number, freeBytes: FreeBytes = freeBytesOf): void {
  const free = freeBytes(folder);
  if (free < neededBytes)
    throw new AppError(
      'disk-full',
      `${folder} has ${megabytes(free)} free, and the model needs ${megabytes(neededBytes)} more. Make room, or choose another folder for models.`,
    );
}

/** What writing threw: a full disk in words, anything else as it is. */
export function explainWriting(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new AppError('disk-full', `${folder}: the disk is full. Make room, and try again: what is there is kept.`, {
    cause: error,
  });
}

export function megabytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${(bytes / 1e6).toFixed(bytes >= 1e8 ? 0 : 1)} MB`;
}
