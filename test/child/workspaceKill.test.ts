// SIGKILL at random moments: an index that was killed often holds, after the next run, exactly what an undisturbed one holds.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test, vi } from 'vitest';
import { NodeFileTree, fileUri } from '../../src/workspace/find/nodeFileTree';
import { WorkspaceRun } from '../../src/workspace/run/workspaceRun';
import { findDamage } from '../../src/workspace/store/databaseThread';
import { indexKind } from '../../src/workspace/store/indexKind';
import { taskIdentity } from '../../src/workspace/store/taskIdentity';
import { TagStore } from '../../src/workspace/store/tagStore';
import type { StoredDetails } from '../../src/workspace/types';
import type { LabelSet } from '../../src/core/labelSet';
import type { Classifier } from '../../src/shared/classifier';
import { ChildHarness, eventually } from '../support/childClient';
import { comparedSets } from './workspaceKill/killedSets';
import { SteadyClassifier } from './workspaceKill/steadyClassifier';

const kills = 20;
const fileCount = 300;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glitag-kill-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Every tenth file is a copy of another; times are of long ago, since those of just now are not trusted. */
async function writeFiles(folder: string, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n++) {
    const file = path.join(folder, `d${n % 5}`, `${n}.md`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `document ${n % 10 === 9 ? n - 1 : n}`);
    await utimes(file, 1_600_000_000, 1_600_000_000 + n + 0.5);
  }
}

async function runOnce(folder: string, store: TagStore, classifier: Classifier, set: LabelSet) {
  const run = new WorkspaceRun(
    { tree: new NodeFileTree(), store, classifier },
    {
      set,
      chunkTokens: null,
      find: { roots: [{ uri: fileUri(folder), name: 'work' }], include: [], exclude: [] },
      read: {},
    },
  );
  return run.start();
}

/** Everything that an index holds under a set, by path. Throws where a document is there twice. */
async function contentOf(store: TagStore, set: LabelSet, modelHash: string) {
  const task = taskIdentity(set, null);
  const content = new Map<string, Pick<StoredDetails, 'scores' | 'evidence' | 'contentHash' | 'stale'>>();
  for await (const batch of store.documents(task, modelHash)) {
    for (const { uri, path: place } of batch) {
      const details = store.details(uri, task, modelHash);
      if (!details || content.has(place)) throw new Error(`${place}: ${details ? 'twice' : 'no details'}`);
      const { scores, evidence, contentHash, stale } = details;
      content.set(place, { scores, evidence, contentHash, stale });
    }
  }
  return content;
}

test(`the host, ${kills} times`, { timeout: 300_000 }, async () => {
  const base = await temporaryFolder();
  const folder = path.join(base, 'work');
  const index = path.join(base, 'killed', 'tags.sqlite');
  const program = path.join(base, 'runForever.mjs');
  await build({
    entryPoints: ['test/child/workspaceKill/runForever.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    // jsonc-parser's other form looks for its parts at run time.
    mainFields: ['module', 'main'],
    outfile: program,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  await writeFiles(folder, 0, fileCount);
  let kept = 0;
  for (let round = 0; round < kills; round++) {
    const host = spawn(process.execPath, [program, folder, index], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(host.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, randomInt(0, 500)));
    // It runs without end, so it is always killed in the middle of something.
    expect(host.exitCode).toBeNull();
    host.kill('SIGKILL');
    await once(host, 'exit');
    expect(host.signalCode).toBe('SIGKILL');
    expect(await findDamage(index, indexKind)).toBeNull();
    // Between two kills the workspace changes: new files, renamed ones, deleted ones.
    await writeFiles(folder, fileCount + 10 * round, fileCount + 10 * (round + 1));
    await rename(path.join(folder, `d${round % 5}`, `${round}.md`), path.join(folder, `renamed ${round}.md`));
    await rm(path.join(folder, `d${(100 + round) % 5}`, `${100 + round}.md`));
  }
  const killed = (await TagStore.open(index, { ownFolder: true })).store;
  const undisturbed = (await TagStore.open(path.join(base, 'fresh', 'tags.sqlite'))).store;
  for (const set of comparedSets) {
    const stats = await runOnce(folder, killed, new SteadyClassifier(0), set);
    kept += stats.reused;
    await runOnce(folder, undisturbed, new SteadyClassifier(0), set);
    const content = await contentOf(killed, set, 'steady-model-hash');
    expect(content.size).toBe(fileCount + 10 * kills - kills);
    expect(content).toEqual(await contentOf(undisturbed, set, 'steady-model-hash'));
  }
  // The killed processes did get somewhere, and that was not done again.
  expect(kept).toBeGreaterThan(fileCount);
  killed.close();
  undisturbed.close();
  expect(await findDamage(index, indexKind)).toBeNull();
  expect(await readdir(path.dirname(index))).toEqual(['tags.sqlite', 'tags.sqlite.lock']);
});

test(`the child, ${kills} times while it works`, { timeout: 300_000 }, async () => {
  const base = await temporaryFolder();
  const folder = path.join(base, 'work');
  await writeFiles(folder, 0, fileCount);
  const { store } = await TagStore.open(path.join(base, 'index', 'tags.sqlite'));
  const harness = new ChildHarness({}, { timings: { crashLimit: 1000 } });
  const [set] = comparedSets;
  let done = 0;
  while (done < kills) {
    // New texts keep the child busy for as long as it is to be killed.
    await writeFiles(folder, fileCount + 2000 * done, fileCount + 2000 * (done + 1));
    let over = false;
    const isOver = () => over;
    const finished = runOnce(folder, store, harness.client, set).finally(() => {
      over = true;
    });
    while (!isOver() && done < kills) {
      // Far enough from the last kill that most of its suspects have been cleared.
      const { length } = harness.eventsLike(/^at /);
      await vi.waitFor(() => {
        expect(isOver() || harness.eventsLike(/^at /).length > length + 150).toBe(true);
      }, eventually);
      await new Promise((resolve) => setTimeout(resolve, randomInt(0, 20)));
      const { pid } = harness.client;
      if (pid === undefined || isOver()) continue;
      process.kill(pid, 'SIGKILL');
      done++;
    }
    await finished;
  }
  // A document that happened to be at work in two kills was left out; another client knows nothing of that.
  const { classified, failed, reused } = await runOnce(folder, store, new ChildHarness().client, set);
  expect(failed).toBe(0);
  expect(classified).toBeLessThan(kills);
  expect(reused).toBeGreaterThan(fileCount);
  const content = await contentOf(store, set, 'h1');
  const expected = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md'));
  expect([...content.keys()].sort()).toEqual(expected.sort());
  for (const { scores, stale } of content.values())
    expect([stale, ...scores]).toEqual([false, 0.5, ...Float32Array.of(1 / 3, 1 / 4)]);
  store.close();
});
