// Where results of one call are kept: the file of --index, or one that is gone when the call ends.
import path from 'node:path';
import { TagStore } from '../../workspace/store/tagStore';
import { scratchFolder } from '../scratchFolder';

export async function withIndex<T>(file: string | undefined, work: (store: TagStore) => Promise<T>): Promise<T> {
  const scratch = file === undefined ? scratchFolder() : null;
  try {
    const { store, notice } = await TagStore.open(
      scratch === null ? path.resolve(file ?? '') : path.join(scratch.path, 'index.sqlite'),
    );
    if (notice) process.stderr.write(`glitag: ${notice.message}\n`);
    try {
      return await work(store);
    } finally {
      store.close();
    }
  } finally {
    scratch?.remove();
  }
}
