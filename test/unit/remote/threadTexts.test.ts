// Texts cut in a thread: the same parts as in the caller's own, and the caller's is free meanwhile.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { textsBundle } from '../../../scripts/bundles.mjs';
import { RemoteTexts } from '../../../src/remote/remoteTexts';
import { ThreadTexts } from '../../../src/remote/threadTexts';
import { modelFolder, task } from './remoteHelpers';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-texts-'));
const program = path.join(folder, 'texts.js');

// With all packages in one file: the others of dist/ need not be built.
beforeAll(() => build({ ...textsBundle, plugins: [], outfile: program }));
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

function threadTexts(model = modelFolder): ThreadTexts {
  const texts = new ThreadTexts(program, { folder: model, exact: true });
  onTestFinished(() => {
    texts.dispose();
  });
  return texts;
}

const long = Array.from({ length: 20_000 }, (_, n) => `Sentence ${n} is about the delivery of a product.`).join(' ');

/** Milliseconds of processor time that this thread spends on it. */
async function busyMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

test('the parts, the prompt and what is known of the model are those of the caller’s own thread', async () => {
  const [there, here] = [threadTexts(), new RemoteTexts({ folder: modelFolder, exact: true })];
  expect(await there.facts()).toEqual(await here.facts());
  const asked = {
    ...task,
    prompt: 'What <<LABEL>> is it?',
    examples: [{ text: 'It crashes', labels: ['bug report'] }],
  };
  const [far, near] = await Promise.all([there.open(asked, 64), here.open(asked, 64)]);
  expect(far.prompt).toBe(near.prompt);
  const document = { id: 'a', text: long.slice(0, 5000), breaks: [100, 900] };
  const parts = await far.cut(document);
  expect(parts).toEqual(await near.cut(document));
  expect(parts.length).toBeGreaterThan(5);
});

test('the caller’s thread is not held by a long text', async () => {
  const [there, here] = [threadTexts(), new RemoteTexts({ folder: modelFolder, exact: true })];
  const [far, near] = await Promise.all([there.open(task, 256), here.open(task, 256)]);
  const document = { id: 'a', text: long };
  const [apart, own] = [await busyMs(() => far.cut(document)), await busyMs(() => near.cut(document))];
  expect(apart).toBeLessThan(own / 4);
});

test('what is wrong with the model or the labels arrives as it was said, and the next question is answered', async () => {
  await expect(threadTexts(path.join(folder, 'nowhere')).facts()).rejects.toMatchObject({ code: 'model-missing' });
  const texts = threadTexts();
  await expect(texts.open({ ...task, labels: [] }, 64)).rejects.toMatchObject({ name: 'AppError' });
  expect((await texts.open(task, 64)).prompt).toBe('');
});

test('whoever waits when it is disposed of is told', async () => {
  const texts = threadTexts();
  const waiting = texts.facts();
  texts.dispose();
  await expect(waiting).rejects.toMatchObject({ code: 'child-stopped' });
  await expect(texts.facts()).rejects.toMatchObject({ code: 'child-stopped' });
});
