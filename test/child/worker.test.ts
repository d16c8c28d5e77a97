// The real child with the embedded model: answers, progress, cancellation, kept vectors, and a native library that is broken.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { InferenceClient } from '../../src/inference/client';
import type { InferenceClientOptions } from '../../src/inference/client';
import type { ClassificationTask } from '../../src/shared/classifier';
import { eventually, isAlive } from '../support/childClient';

const labels = ['software bug', 'cooking recipe', 'legal contract'];
const task: ClassificationTask = { labels, mode: 'multi-label', examples: [] };
const bug = 'The application crashes with a null pointer exception when I press Save. Steps to reproduce are below.';
const recipe = 'Whisk the eggs with the sugar, fold in the flour and bake the cake for thirty minutes.';

function startClient(options: Partial<InferenceClientOptions> = {}): { client: InferenceClient; logged: string[] } {
  const logged: string[] = [];
  const client = new InferenceClient({
    workerFile: inject('workerFile'),
    load: { folder: path.resolve('models/glitag-small-en'), threads: 1, maxBatchTokens: 4096 },
    idleMs: 600_000,
    memoryCeilingBytes: 2 ** 40,
    log: (level, message) => logged.push(`${level} ${message}`),
    ...options,
  });
  onTestFinished(async () => {
    await client.dispose();
  });
  return { client, logged };
}

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-worker-'));
  onTestFinished(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function best(scores: Float32Array): string | undefined {
  return labels[scores.indexOf(Math.max(...scores))];
}

test('it ends at once where that is asked for and there is nothing to do, and comes back with the next call', async () => {
  const { client } = startClient();
  expect(client.rest()).toBe(false);
  const busy = client.classify([{ id: 'bug', text: bug }], task);
  expect(client.rest()).toBe(false);
  const [before] = await busy;
  const { pid } = client;
  expect(client.rest()).toBe(true);
  await vi.waitFor(() => {
    expect([client.pid, isAlive(pid)]).toEqual([undefined, false]);
  }, eventually);
  const [after] = await client.classify([{ id: 'bug', text: bug }], task);
  expect(after).toEqual(before);
  expect(client.pid).not.toBe(pid);
});

test('it refuses an execution provider that is not there, and names those that are', async () => {
  const load = { folder: path.resolve('models/glitag-small-en'), threads: 1, maxBatchTokens: 4096 };
  const { client } = startClient({ load: { ...load, executionProvider: 'nothing' } });
  await expect(client.describe()).rejects.toMatchObject({
    code: 'model-unsupported',
    message: expect.stringMatching(/“nothing”.*It has: .*cpu/) as string,
  });
});

test('it describes the model and finds what texts are about', async () => {
  const { client } = startClient();
  const description = await client.describe();
  expect(description).toMatchObject({ graph: 'split-bi-encoder', capabilities: { keepsVectors: true } });
  const documents = [
    { id: 'bug', text: bug },
    { id: 'recipe', text: recipe },
    { id: 'empty', text: '' },
  ];
  const outcomes = await client.classify(documents, task);
  expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual(documents.map(({ id }) => [id, id !== 'empty']));
  const [first, second] = outcomes;
  if (!first?.ok || !second?.ok) throw new Error('failed');
  expect(best(first.scores)).toBe('software bug');
  expect(best(second.scores)).toBe('cooking recipe');
  expect([...first.evidence]).toEqual([0, bug.length, 0, bug.length, 0, bug.length]);
});

test('kept vectors give the scores of the text under the same labels, and follow other labels', async () => {
  const { client } = startClient();
  const documents = [
    { id: 'bug', text: bug },
    { id: 'recipe', text: recipe.repeat(40) },
  ];
  const read = await client.classify(documents, task, { vectors: true });
  const kept = read.map((one) => {
    if (!one.ok || !one.vectors) throw new Error('no vectors');
    return { id: one.id, vectors: one.vectors };
  });
  expect(kept[1]?.vectors.spans.length).toBeGreaterThan(2);
  const [first] = kept.map(({ vectors }) => ({ hash: 'a'.repeat(64), vectors: vectors.values }));
  if (!first) throw new Error('no vectors');
  const taught = [{ text: '', labels: ['software bug'], rejected: ['a poem'], kept: first }];
  const more = ['a poem', ...labels, 'a love letter'];
  for (const mode of ['multi-label', 'single-label'] as const)
    for (const asked of [task, { ...task, labels: more }, { ...task, labels: more, examples: taught }]) {
      const wanted = { ...asked, mode };
      const fresh = await client.classify(documents, wanted);
      // Bit for bit: they are scored here and not in the child.
      expect(await client.rescore(kept, wanted)).toEqual(fresh);
    }
});

test('a run of many documents reports its progress and stops when cancelled, and the child lives on', async () => {
  const { client } = startClient();
  const documents = Array.from({ length: 2000 }, (_, index) => ({
    id: `${index}`,
    text: `${index}. ${bug} ${recipe}`,
  }));
  const controller = new AbortController();
  let done = 0;
  const run = client.classify(documents, task, {
    signal: controller.signal,
    onProgress: (count) => {
      done = count;
      controller.abort();
    },
  });
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(documents.length);
  const { pid } = client;
  expect(await client.classify([{ id: 'next', text: recipe }], task)).toMatchObject([{ ok: true }]);
  expect(client.pid).toBe(pid);
});

test('killed in the middle of a run, it goes on where it was and gives the same scores', async () => {
  const { client } = startClient({ timings: { backOffMs: [1] } });
  const documents = Array.from({ length: 300 }, (_, index) => ({ id: `${index}`, text: `${index}. ${bug}` }));
  const expected = await client.classify(documents, task);
  let kills = 0;
  const outcomes = await client.classify(documents, task, {
    onProgress: (done) => {
      const { pid } = client;
      if (kills > 0 || done < 50 || pid === undefined) return;
      kills += 1;
      process.kill(pid, 'SIGKILL');
    },
  });
  expect(kills).toBe(1);
  for (const [index, outcome] of outcomes.entries()) {
    const before = expected[index];
    if (!outcome.ok || !before?.ok) throw new Error(`document ${index} failed`);
    expect(outcome.id).toBe(before.id);
    for (const [label, score] of outcome.scores.entries()) expect(score).toBeCloseTo(before.scores[label]!, 5);
  }
});

test('Ctrl+C in a terminal, which reaches all processes of the group, does not end it', async () => {
  const { client } = startClient();
  await client.describe();
  const { pid } = client;
  process.kill(pid!, 'SIGINT');
  expect(await client.classify([{ id: 'bug', text: bug }], task)).toMatchObject([{ ok: true }]);
  expect(client.pid).toBe(pid);
});

test('after idle time it ends by itself', async () => {
  const { client } = startClient({ idleMs: 10 });
  await client.classify([{ id: 'bug', text: bug }], task);
  const { pid } = client;
  await vi.waitFor(() => {
    expect(client.state).toEqual({ state: 'idle' });
  }, eventually);
  expect(isAlive(pid)).toBe(false);
});

test('a model folder that is none is an error with its code', async () => {
  const folder = temporaryFolder();
  const { client } = startClient({ load: { folder, threads: 1, maxBatchTokens: 4096 } });
  await expect(client.describe()).rejects.toMatchObject({ code: expect.stringMatching(/^model-/) as string });
});

test('a native library that cannot be loaded is named, with the platform and what to do', async () => {
  const folder = temporaryFolder();
  const workerFile = path.join(folder, 'worker.js');
  fs.copyFileSync(inject('workerFile'), workerFile);
  const runtime = path.join(folder, 'node_modules/onnxruntime-node');
  fs.mkdirSync(runtime, { recursive: true });
  fs.writeFileSync(path.join(runtime, 'broken.node'), 'not a library');
  fs.writeFileSync(path.join(runtime, 'index.js'), "module.exports = require('./broken.node');");
  const { client } = startClient({ workerFile });
  await expect(client.describe()).rejects.toMatchObject({
    code: 'native-load-failed',
    message: expect.stringMatching(`\\(${process.platform}-${process.arch}\\): .*file too short.* glibc`) as string,
  });
  expect(client.state).toMatchObject({ state: 'stopped', code: 'native-load-failed' });
});

test('verify replays a golden file in the child', async () => {
  const { client } = startClient();
  const folder = path.resolve('test/golden/models/bi-bert');
  const report = await client.verify(folder, path.join(folder, 'golden.json'));
  expect(report).toMatchObject({ idMismatches: 0, resultMismatches: 0 });
  expect(report.cases).toBeGreaterThan(0);
});

test('no document text in the log of a real run', async () => {
  const { client, logged } = startClient();
  await client.classify([{ id: 'secret', text: 'Project Nightingale is worth 40 million.' }], task);
  await client.dispose();
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join('\n')).not.toContain('Nightingale');
});
