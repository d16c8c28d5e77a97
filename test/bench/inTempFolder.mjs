// A folder of a bench's own files, gone when the work in it is over, however it ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export async function inTempFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'glitag-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
