// Files of an archive, one after another, whichever format it has.
import { AppError } from '../../shared/errors';

export interface ArchiveEntry {
  /** As the archive has it. */
  readonly name: string;
  readonly size: number;
  readonly type: 'file' | 'directory' | 'other';
  /** To be read to its end before the next entry is asked for; of a file alone. */
  readonly content: () => AsyncIterable<Uint8Array>;
}

export type ArchiveReader = (file: string, signal: AbortSignal) => AsyncGenerator<ArchiveEntry>;

export function archiveInvalid(file: string, why: string, cause?: unknown): AppError {
  return new AppError('archive-invalid', `${file} cannot be unpacked: ${why}. Nothing of it was installed.`, { cause });
}
