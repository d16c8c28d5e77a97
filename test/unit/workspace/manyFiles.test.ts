// Ten thousand documents: what a second run and a changed label set leave to be done. Counts only; times are in test/bench.
import { expect, it } from 'vitest';
import { WorkspaceRun } from '../../../src/workspace/run/workspaceRun';
import { SteadyClassifier } from '../../child/workspaceKill/steadyClassifier';
import { MemoryTree } from './memoryTree';
import { labelSet, openStore } from './runHelpers';
import { TempFolder } from './tempFolder';

const count = 10_000;

it('reads and classifies each of 10,000 documents once', { timeout: 240_000 }, async () => {
  const folder = await TempFolder.create();
  const store = await openStore(folder);
  const tree = new MemoryTree();
  for (let n = 0; n < count; n++) tree.write(`d${n % 100}/${n}.md`, `document ${n}`);
  const classifier = new SteadyClassifier(0);
  const run = (labels: readonly string[]) =>
    new WorkspaceRun(
      { tree, store, classifier },
      {
        set: labelSet(labels),
        chunkTokens: null,
        find: { roots: [{ uri: 'mem:', name: 'work' }], include: [], exclude: [] },
        read: {},
      },
    ).start();
  const done = { classified: 0, reused: 0, relabelled: 0, skipped: 0, failed: 0, removed: 0 };
  expect(await run(['a', 'b'])).toEqual({ ...done, classified: count });
  expect([tree.reads, classifier.classified]).toEqual([count, count]);
  expect(await run(['a', 'b'])).toEqual({ ...done, reused: count });
  expect(await run(['a', 'b', 'c'])).toEqual({ ...done, relabelled: count });
  for (let n = 0; n < 10; n++) tree.write(`d${n}/${n}.md`, `changed ${n}`, 2_000.5);
  expect(await run(['a', 'b', 'c'])).toEqual({ ...done, reused: count - 10, classified: 10 });
  expect([tree.reads, classifier.classified]).toEqual([count + 10, count + 10]);
});
