// The tagged documents of the server: read from an index that others may be writing, opened anew for each call, since the editor may make it
// anew at any time, and one that is held open could not be deleted on Windows.
import type { LabelSet } from '../../core/labelSet';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import { TagStore } from '../../workspace/store/tagStore';
import type { TaskIdentity } from '../../workspace/types';
import { AppError } from '../../shared/errors';

export class TaggedIndex {
  constructor(
    /** Null where the server has none. */
    private readonly file: string | null,
    private readonly chunkTokens: number,
  ) {}

  /** Throws AppError index-* ; index-unavailable also where nothing is tagged yet. */
  async read<T>(work: (store: TagStore) => Promise<T>): Promise<T> {
    const store = this.file === null ? null : TagStore.openToRead(this.file);
    if (!store) throw nothingTagged();
    try {
      return await work(store);
    } finally {
      store.close();
    }
  }

  /**
   * Under what documents were tagged last with a set of this name and these labels, whatever decided examples taught it. Throws AppError
   * index-unavailable where none were.
   */
  task(store: TagStore, set: LabelSet): TaskIdentity {
    const own = taskIdentity(set, this.chunkTokens);
    const nameOf = ({ name, labels }: Pick<TaskIdentity, 'name' | 'labels'>) => JSON.stringify([name, labels]);
    const last = store.taggedTasks().find((task) => task.hash === own.hash || nameOf(task) === nameOf(own));
    if (!last) throw nothingTagged(set.name);
    return { ...own, hash: last.hash };
  }
}

function nothingTagged(set?: string): AppError {
  const under = set === undefined ? '' : ` under the label set “${set}”`;
  return new AppError(
    'index-unavailable',
    `No document is tagged${under} yet. In the editor run “GLiTag: Tag Workspace”; on the command line “glitag tag --index FILE”, and give ` +
      'the server that --index, or --tag, with which it tags its folders itself.',
  );
}
