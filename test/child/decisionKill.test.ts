// SIGKILL at random moments of deciding loses no decision that was reported as done, and two processes that decide at once keep both's.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { DecisionStore } from '../../src/workspace/decisions/decisionStore';
import { findDamage } from '../../src/workspace/store/databaseThread';
import { decisionsKind } from '../../src/workspace/decisions/decisionsKind';

const kills = 20;
const script = path.resolve('out/child/decideForever.mjs');

beforeAll(async () => {
  await build({
    entryPoints: ['test/child/decisionKill/decideForever.ts'],
    ...{ outfile: script, bundle: true, platform: 'node', format: 'esm' },
  });
});

async function newFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'glitag-decide-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, 'decisions.sqlite');
}

/** `done`: the steps that the process named so far; a line that was cut off is none. `size`: documents of a step. */
function deciding(file: string, name: string, count = Infinity, size = 1) {
  const child: ChildProcess = spawn(process.execPath, [script, file, name, String(count), String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (data: Buffer) => (text += data.toString()));
  return { child, done: () => text.split('\n').slice(0, -1), closed: once(child, 'close') };
}

/** Decisions by step. */
async function decidedIn(file: string): Promise<Map<string, number>> {
  const { store, notice } = await DecisionStore.open(file);
  expect(notice).toBeNull();
  const counts = new Map<string, number>();
  for await (const page of store.decisions('set'))
    for (const { path: document } of page) {
      const step = path.posix.dirname(document);
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
  store.close();
  return counts;
}

test.each([
  { size: 1, longestMs: 150 },
  // A step that is written in many turns of the event loop.
  { size: 3_000, longestMs: 600 },
])(
  `no step of $size documents is lost in ${kills} kills, and none is half made`,
  { timeout: 120_000 },
  async (steps) => {
    const file = await newFile();
    const reported: string[] = [];
    for (let round = 0; round < kills; round++) {
      const { child, done, closed } = deciding(file, `round ${round}`, Infinity, steps.size);
      while (done().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, randomInt(0, steps.longestMs)));
      child.kill('SIGKILL');
      await closed;
      reported.push(...done());
      const kept = await decidedIn(file);
      expect(reported.filter((step) => kept.get(step) !== 2 * steps.size)).toEqual([]);
      expect([...kept.values()].filter((count) => count !== 2 * steps.size)).toEqual([]);
    }
    expect(reported.length).toBeGreaterThanOrEqual(kills);
    expect(await findDamage(file, decisionsKind)).toBeNull();
  },
);

test('two processes that decide at once keep what both decided', async () => {
  const file = await newFile();
  const both = [deciding(file, 'one', 150), deciding(file, 'two', 150)];
  const codes = await Promise.all(both.map(({ closed }) => closed));
  expect(codes.map(([code]) => code as unknown)).toEqual([0, 0]);
  const kept = await decidedIn(file);
  expect(kept.size).toBe(300);
  expect(both.flatMap(({ done }) => done()).filter((step) => kept.get(step) !== 2)).toEqual([]);
});
