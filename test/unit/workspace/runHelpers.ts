// A run over real files and a real index with the fake classifier, as the run's tests need it.
import { onTestFinished } from 'vitest';
import type { Classifier } from '../../../src/shared/classifier';
import { NodeFileTree } from '../../../src/workspace/find/nodeFileTree';
import { WorkspaceRun } from '../../../src/workspace/run/workspaceRun';
import type { RunOptions } from '../../../src/workspace/run/workspaceRun';
import { taskIdentity } from '../../../src/workspace/store/taskIdentity';
import { TagStore } from '../../../src/workspace/store/tagStore';
import { labelSet } from './labelSetOf';
import type { TempFolder } from './tempFolder';

export { labelSet };

export const modelHash = 'fake-model-hash';

export async function openStore(folder: TempFolder, clock: { now?: () => number; session?: string } = {}) {
  const { store, notice } = await TagStore.open(folder.at('.index/tags.sqlite'), clock);
  if (notice) throw new Error(notice.message);
  onTestFinished(() => {
    store.close();
  });
  return store;
}

export function newRun(
  folder: TempFolder,
  store: TagStore,
  classifier: Classifier,
  {
    find,
    tree = new NodeFileTree(),
    ...more
  }: Partial<Omit<RunOptions, 'find'>> & {
    readonly find?: Partial<RunOptions['find']>;
    readonly tree?: NodeFileTree;
  } = {},
): WorkspaceRun {
  return new WorkspaceRun(
    { tree, store, classifier },
    {
      set: labelSet(),
      chunkTokens: null,
      find: {
        roots: [{ uri: folder.uri, name: 'work' }],
        include: [],
        exclude: ['.index'],
        ignoreCase: false,
        ...find,
      },
      read: {},
      ...more,
    },
  );
}

/** Everything that the index shows under a label set, by path. */
export async function shown(store: TagStore, set = labelSet(), chunkTokens: number | null = null, model = modelHash) {
  const result: Record<string, { scores: number[]; stale: boolean }> = {};
  for await (const batch of store.documents(taskIdentity(set, chunkTokens), model))
    for (const { path, scores, stale } of batch) {
      if (path in result) throw new Error(`${path} is there twice`);
      result[path] = { scores: [...scores], stale };
    }
  return result;
}
