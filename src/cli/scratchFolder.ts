// A folder for what only this process needs, gone when it ends: also where it ends at once (a closed pipe, SIGTERM), but not by a kill.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface ScratchFolder {
  readonly path: string;
  readonly remove: () => void;
}

export function scratchFolder(): ScratchFolder {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-'));
  const atEnd = () => {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // Windows keeps files that are open; there is nobody left to hear of it.
    }
  };
  process.once('exit', atEnd);
  const remove = () => {
    process.off('exit', atEnd);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return { path: folder, remove };
}
