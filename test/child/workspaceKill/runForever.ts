// The process that is killed: runs over a folder with one label set after the other, without end. Says when it begins.
import { NodeFileTree, fileUri } from '../../../src/workspace/find/nodeFileTree';
import { WorkspaceRun } from '../../../src/workspace/run/workspaceRun';
import { TagStore } from '../../../src/workspace/store/tagStore';
import { killedSets } from './killedSets';
import { SteadyClassifier } from './steadyClassifier';

async function main(folder: string, index: string): Promise<never> {
  const { store, notice } = await TagStore.open(index, { ownFolder: true });
  if (notice) throw new Error(notice.message);
  process.stdout.write('begins\n');
  for (let round = 0; ; round++) {
    for (const set of killedSets(round)) {
      await new WorkspaceRun(
        { tree: new NodeFileTree(), store, classifier: new SteadyClassifier(3) },
        {
          set,
          chunkTokens: null,
          find: { roots: [{ uri: fileUri(folder), name: 'work' }], include: [], exclude: [] },
          read: {},
        },
      ).start();
    }
  }
}

const [folder = '', index = ''] = process.argv.slice(2);
await main(folder, index);
