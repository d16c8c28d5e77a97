// Replaces a small file at once.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Readers see the old file or the new one, never half of one. Its folder is made where it is not there. */
export function writeWhole(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  fs.writeFileSync(part, text);
  fs.renameSync(part, file);
}
