// sha256 of a file that is there.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { cancelled } from '../inference/process/waiters';

/** Hexadecimal. `onBytes`: so many are done. @throws AppError cancelled. */
export async function hashFile(file: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const part of fs.createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (signal.aborted) throw cancelled();
    hash.update(part);
    done += part.length;
    onBytes(done);
  }
  return hash.digest('hex');
}
