// Where results of one call are kept: the file of --index, or one that is gone when the call ends.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TagStore } from '../../workspace/store/tagStore';

export async function withIndex<T>(file: string | undefined, work: (store: TagStore) => Promise<T>): Promise<T> {
  const scratch = file === undefined ? fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-')) : null;
  try {
    const { store, notice } = await TagStore.open(
      scratch === null ? path.resolve(file ?? '') : path.join(scratch, 'index.sqlite'),
    );
    if (notice) process.stderr.write(`glitag: ${notice.message}\n`);
    try {
      return await work(store);
    } finally {
      store.close();
    }
  } finally {
    if (scratch !== null) fs.rmSync(scratch, { recursive: true, force: true });
  }
}
