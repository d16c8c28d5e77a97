// Deaths of the child: work resumes, the one document that kills is found and skipped, and a hopeless child is given up.
import fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { ChildHarness, documentsOf, eventually, isAlive, task } from '../support/childClient';

/** A crash limit that a test about documents never reaches. */
const patient = { timings: { crashLimit: 100 } };

test('a document that kills the child twice is skipped; all others of its message are done', async () => {
  const harness = new ChildHarness({}, patient);
  const texts = Array.from({ length: 12 }, (_, index) =>
    index === 5 ? 'words and #crash' : `${index} is a longer text`,
  );
  const outcomes = await harness.client.classify(documentsOf(...texts), task);
  expect(outcomes.map(({ id }) => id)).toEqual(texts.map((_, index) => `d${index}`));
  expect(outcomes.filter(({ ok }) => !ok)).toEqual([
    { ok: false, id: 'd5', code: 'document-poison', message: expect.stringContaining('died twice') as string },
  ]);
  expect(harness.eventsLike(/^at d5$/)).toHaveLength(2);
  expect(harness.eventsLike(/^load/)).toHaveLength(3);
});

test('after a crash the suspects go one at a time, the named document first', async () => {
  const harness = new ChildHarness({}, patient);
  await harness.client.classify(documentsOf('alpha', 'beta', '#progress #crash', 'a long text at the end'), task);
  const afterwards = harness.eventsLike(/^start classify/);
  expect(afterwards[0]?.split(',')).toHaveLength(4);
  expect(afterwards.slice(1).every((event) => !event.includes(','))).toBe(true);
  expect(afterwards[1]).toBe('start classify d2');
});

test.each(['#exit', '#hang', '#uncaught', '#disconnect'])('%s counts as a death', async (word) => {
  const timings = { ...patient.timings, requestDeadlineMs: 300, characterDeadlineMs: 0, shutdownDeadlineMs: 100 };
  const harness = new ChildHarness({}, { timings });
  const [bad, good] = await harness.client.classify(documentsOf(`some ${word}`, 'a much longer good text'), task);
  expect(bad).toMatchObject({ ok: false, code: 'document-poison' });
  expect(good).toMatchObject({ ok: true });
});

test('a document that finishes restarts the deadline', async () => {
  const harness = new ChildHarness({}, { timings: { requestDeadlineMs: 1500, characterDeadlineMs: 0 } });
  const run = harness.client.classify(documentsOf('#progress', '#progress #gate'), task);
  await harness.waitForEvent(/^at d1/);
  harness.openGate();
  expect((await run).every(({ ok }) => ok)).toBe(true);
  expect(harness.eventsLike(/^load/)).toHaveLength(1);
});

test('one death blames nobody for good: a document that goes through is believed again', async () => {
  const harness = new ChildHarness({}, patient);
  const { client } = harness;
  for (let round = 1; round <= 3; round++) {
    fs.rmSync(harness.file('gate'), { force: true });
    const run = client.classify(documentsOf('#gate'), task);
    await vi.waitFor(() => {
      expect(harness.eventsLike(/^at/)).toHaveLength(2 * round - 1);
    }, eventually);
    process.kill(client.pid!, 'SIGKILL');
    await vi.waitFor(() => {
      expect(harness.eventsLike(/^at/)).toHaveLength(2 * round);
    }, eventually);
    harness.openGate();
    expect(await run).toMatchObject([{ ok: true }]);
  }
});

test('a child that dies without work is replaced by the next call', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  await client.classify(documentsOf('one'), task);
  process.kill(client.pid!, 'SIGKILL');
  await vi.waitFor(() => {
    expect(client.pid).toBeUndefined();
  }, eventually);
  expect(await client.classify(documentsOf('two'), task)).toMatchObject([{ ok: true }]);
  expect(harness.eventsLike(/^load/)).toHaveLength(2);
});

test('a known poison document is not tried again, under any id; restart gives it another chance', async () => {
  const harness = new ChildHarness({}, patient);
  const { client } = harness;
  // Whether the client's own probe has come by then is a matter of time.
  await client.classify(documentsOf('#crash'), task);
  const again = await client.classify([{ id: 'renamed', text: '#crash' }], task);
  expect(again).toMatchObject([{ ok: false, id: 'renamed', code: 'document-poison' }]);
  expect(harness.eventsLike(/^at d0/)).toHaveLength(2);
  client.restart();
  await client.classify(documentsOf('#crash'), task);
  expect(harness.eventsLike(/^at d0/)).toHaveLength(4);
});

test('the fifth crash within the window stops, says so, and restart() goes on', async () => {
  const harness = new ChildHarness({ crashLoads: 5 });
  const { client } = harness;
  const failure = {
    code: 'child-stopped',
    message: expect.stringMatching(/died 5 times within 3 minutes.*restart the classifier/s) as string,
  };
  await Promise.all([
    expect(client.classify(documentsOf('one'), task)).rejects.toMatchObject(failure),
    expect(client.describe()).rejects.toMatchObject(failure),
  ]);
  expect(harness.eventsLike(/^load/)).toHaveLength(5);
  await vi.waitFor(() => {
    const restarts = harness.states.filter((state) => state.state === 'restarting');
    expect(restarts.map(({ delayMs }) => delayMs)).toEqual([1, 2, 4, 4]);
    expect(client.state).toMatchObject({ state: 'stopped', code: 'child-stopped' });
  }, eventually);
  await expect(client.describe()).rejects.toMatchObject(failure);
  expect(harness.eventsLike(/^load/)).toHaveLength(5);
  client.restart();
  expect(await client.classify(documentsOf('one'), task)).toMatchObject([{ ok: true }]);
});

test('after the window a stopped client goes again by itself', async () => {
  const harness = new ChildHarness({ crashLoads: 2 }, { timings: { crashLimit: 2, crashWindowMs: 2000 } });
  const { client } = harness;
  await expect(client.describe()).rejects.toMatchObject({ code: 'child-stopped' });
  await expect(client.describe()).rejects.toMatchObject({ code: 'child-stopped' });
  await vi.waitFor(async () => {
    expect((await client.describe()).name).toBe('actor');
  }, eventually);
  expect(harness.eventsLike(/^load/)).toHaveLength(3);
});

test('many poison documents cost themselves, not the call: it is stopped only where nothing goes through', async () => {
  const harness = new ChildHarness();
  const texts = Array.from({ length: 20 }, (_, index) => (index % 5 < 2 ? `#crash ${index}` : `good ${index}`));
  const outcomes = await harness.client.classify(documentsOf(...texts), task);
  expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.code))).toEqual(
    texts.map((text) => (text.startsWith('good') ? 'ok' : 'document-poison')),
  );
  // One death of all together, one of each; the child after the last is not needed.
  expect(harness.eventsLike(/^load/)).toHaveLength(1 + 8);
  await expect(harness.client.classify(documentsOf(...texts), { ...task, prompt: '#crash' })).rejects.toMatchObject({
    code: 'child-stopped',
    message: expect.stringContaining('died 5 times') as string,
  });
});

test('a load that hangs ends at its deadline, and counts', async () => {
  const harness = new ChildHarness({ load: 'hang' }, { timings: { loadDeadlineMs: 150, crashLimit: 2 } });
  await expect(harness.client.describe()).rejects.toMatchObject({
    code: 'child-stopped',
    message: expect.stringContaining('no sign of life') as string,
  });
  // By the log: on a slow machine a child ends before it could note anything.
  const pids = harness.logged.flatMap((line) => /classifier process (\d+) starts/.exec(line)?.[1] ?? []).map(Number);
  expect(pids).toHaveLength(2);
  expect(pids.filter((pid) => isAlive(pid))).toEqual([]);
});

test('a failure that the child reports is narrowed down without killing it', async () => {
  const harness = new ChildHarness();
  const outcomes = await harness.client.classify(documentsOf('one', '#fail', 'three'), task);
  expect(outcomes).toMatchObject([
    { ok: true },
    { ok: false, id: 'd1', code: 'inference-failed', message: 'The graph failed on a node.' },
    { ok: true },
  ]);
  expect(harness.eventsLike(/^load/)).toHaveLength(1);
});

test('a child that ran out of memory is replaced, and the other documents are done', async () => {
  const harness = new ChildHarness();
  const outcomes = await harness.client.classify(documentsOf('one', '#memory', 'three'), task);
  expect(outcomes).toMatchObject([{ ok: true }, { ok: false, id: 'd1', code: 'out-of-memory' }, { ok: true }]);
  expect(harness.eventsLike(/^load/).length).toBeGreaterThan(1);
  expect(harness.logged.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('a failure that hits every document is thrown', async () => {
  const { client } = new ChildHarness();
  await expect(client.classify(documentsOf('one', '#refuse'), task)).rejects.toMatchObject({
    name: 'AppError',
    code: 'labels-cut',
    message: 'Label "x" does not fit.',
  });
});
