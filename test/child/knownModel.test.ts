// What a model is can be known without loading it; what was said of it then holds, or the work is refused.
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { ModelNotes } from '../../src/shared/modelNotes';
import { ChildHarness, documentsOf, eventually, task } from '../support/childClient';

/** Files that changed within the last two seconds are not believed to stay as they are. */
const untilSettledMs = 2_100;

function memory(): ModelNotes {
  const notes = new Map<string, string>();
  return { read: (key) => notes.get(key) ?? null, write: (key, note) => notes.set(key, note) };
}

/** A harness whose folder looks like a model, loaded once by a child that is gone. */
async function known(notes: ModelNotes): Promise<ChildHarness> {
  const harness = new ChildHarness({}, { notes });
  for (const name of ['config.json', 'model.onnx']) fs.writeFileSync(harness.file(name), '{}');
  await pause(untilSettledMs);
  await harness.client.describe();
  harness.client.restart();
  await vi.waitFor(() => {
    expect(harness.client.pid).toBeUndefined();
  }, eventually);
  return harness;
}

const loads = (harness: ChildHarness) => harness.eventsLike(/^load/).length;

test('a model that was loaded once is described without a child, and loaded when there is work', async () => {
  const harness = await known(memory());
  const { client } = harness;
  expect(await client.describe()).toMatchObject({ name: 'actor', hash: 'h1' });
  expect(client.pid).toBeUndefined();
  expect(loads(harness)).toBe(1);
  expect(await client.classify(documentsOf('one'), task)).toMatchObject([{ ok: true }]);
  expect(loads(harness)).toBe(2);
});

test('a file that changed is noticed', async () => {
  const harness = await known(memory());
  fs.writeFileSync(harness.file('behaviour.json'), JSON.stringify({ hash: 'h2' }));
  expect(await harness.client.describe()).toMatchObject({ hash: 'h2' });
  expect(loads(harness)).toBe(2);
});

test('a model that is replaced after it was described does no work under its name', async () => {
  const harness = await known(memory());
  const { client } = harness;
  expect(await client.describe()).toMatchObject({ hash: 'h1' });
  fs.writeFileSync(harness.file('behaviour.json'), JSON.stringify({ hash: 'h2' }));
  await expect(client.classify(documentsOf('one'), task)).rejects.toMatchObject({ code: 'model-changed' });
  expect(await client.describe()).toMatchObject({ hash: 'h2' });
  expect(await client.classify(documentsOf('one'), task)).toMatchObject([{ ok: true }]);
});

test('notes that cannot be read or written cost no more than a load', async () => {
  const fail = () => {
    throw new Error('the disk is full');
  };
  const harness = await known({ read: fail, write: fail });
  expect(await harness.client.describe()).toMatchObject({ hash: 'h1' });
  expect(loads(harness)).toBe(2);
  expect(harness.logged).toContain('debug what the model is cannot be kept: Error: the disk is full');
});

test('prepare loads the model once, ahead of the work', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  client.prepare();
  client.prepare();
  await harness.waitForEvent(/^load/);
  client.prepare();
  expect(await client.classify(documentsOf('one'), task)).toMatchObject([{ ok: true }]);
  client.prepare();
  expect(loads(harness)).toBe(1);
});

test('a preparation that fails is heard of by the call that follows', async () => {
  const harness = new ChildHarness({ load: 'fail' });
  harness.client.prepare();
  await harness.waitForEvent(/^load/);
  await expect(harness.client.describe()).rejects.toMatchObject({ code: 'model-missing' });
});
