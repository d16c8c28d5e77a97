// How calls share the child: small messages, two at most under way, turns, priority, progress and cancellation.
import { expect, test, vi } from 'vitest';
import { ChildHarness, documentsOf, eventually, isAlive, task } from '../support/childClient';

/** As many texts of about 1,000 characters. */
function longTexts(count: number, word = ''): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index} `.padEnd(1000, 'x'));
}

test('a large call goes out in small messages, never more than two under way', async () => {
  const harness = new ChildHarness();
  const done: number[] = [];
  const outcomes = await harness.client.classify(documentsOf(...longTexts(500)), task, {
    onProgress: (count) => done.push(count),
  });
  expect(outcomes).toHaveLength(500);
  const messages = harness.eventsLike(/^start classify/);
  expect(messages.length).toBeGreaterThan(2);
  // The first message is sized before anything is known of the speed.
  expect(messages[0]!.split(',').length).toBeLessThanOrEqual(32);
  expect(harness.eventsLike(/^at /)).toHaveLength(500);
  expect(done).toEqual([...done].sort((left, right) => left - right));
  expect(done.at(-1)).toBe(500);
  expect(done.length).toBeGreaterThan(2);
});

test('two messages are under way while more wait', async () => {
  const harness = new ChildHarness();
  const run = harness.client.classify(documentsOf(...longTexts(500, '#gate')), task);
  await vi.waitFor(() => {
    expect(harness.eventsLike(/^received classify/)).toHaveLength(2);
  }, eventually);
  expect(harness.eventsLike(/^start classify/)).toHaveLength(1);
  harness.openGate();
  await run;
  let open = 0;
  for (const event of harness.eventsLike(/^(received|start) classify/)) {
    open += event.startsWith('received') ? 1 : -1;
    expect(open).toBeLessThanOrEqual(2);
  }
});

test('an interactive call overtakes a background call that is under way', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const background = client.classify(documentsOf(...longTexts(300, '#gate')), task);
  await vi.waitFor(() => {
    expect(harness.eventsLike(/^received classify/)).toHaveLength(2);
  }, eventually);
  const interactive = client.classify([{ id: 'urgent', text: 'please' }], task, { priority: 'interactive' });
  // The message behind the one at work is taken back to make room.
  await harness.waitForEvent(/^cancel /);
  harness.openGate();
  expect(await interactive).toMatchObject([{ ok: true, id: 'urgent' }]);
  expect(await background).toHaveLength(300);
  const starts = harness.eventsLike(/^start classify/);
  expect(starts[1]).toBe('start classify urgent');
  // What was taken back was sent again, and nothing was done twice.
  expect(harness.eventsLike(/^at /)).toHaveLength(301);
});

test('calls of one priority take turns', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const first = client.classify(documentsOf(...longTexts(900, '#gate')), task);
  await vi.waitFor(() => {
    expect(harness.eventsLike(/^received classify/)).toHaveLength(2);
  }, eventually);
  const second = client.classify([{ id: 'small', text: 'a short one' }], task);
  harness.openGate();
  await Promise.all([first, second]);
  const starts = harness.eventsLike(/^start classify/);
  expect(starts.indexOf('start classify small')).toBeLessThanOrEqual(3);
  expect(starts.length).toBeGreaterThan(4);
});

test('cancel takes effect between documents, the child lives on and other calls are served', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const controller = new AbortController();
  const run = client.classify(documentsOf(...longTexts(300, '#gate')), task, { signal: controller.signal });
  await harness.waitForEvent(/^at /);
  const { pid } = client;
  controller.abort();
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect(await client.classify(documentsOf('next'), task)).toMatchObject([{ ok: true }]);
  expect(client.pid).toBe(pid);
  expect(harness.eventsLike(/^at /).length).toBeLessThan(10);
});

test('a child that does not heed a cancellation is killed past the deadline, without blame', async () => {
  const harness = new ChildHarness({ ignoreCancel: true }, { timings: { cancelDeadlineMs: 50, crashLimit: 1 } });
  const { client } = harness;
  const controller = new AbortController();
  const run = client.classify(documentsOf('#gate'), task, { signal: controller.signal });
  await harness.waitForEvent(/^at /);
  const { pid } = client;
  controller.abort();
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect(await client.classify(documentsOf('next'), task)).toMatchObject([{ ok: true }]);
  expect(isAlive(pid)).toBe(false);
  expect(harness.logged.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('a call that is cancelled before it begins starts no child', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const signal = AbortSignal.abort();
  await expect(client.classify(documentsOf('one'), task, { signal })).rejects.toMatchObject({ code: 'cancelled' });
  await expect(client.describe(signal)).rejects.toMatchObject({ code: 'cancelled' });
  expect(client.pid).toBeUndefined();
});

test('cancelled while the model loads: the load goes on for the others', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const controller = new AbortController();
  const run = client.classify(documentsOf('one'), task, { signal: controller.signal });
  const description = client.describe();
  controller.abort();
  await expect(run).rejects.toMatchObject({ code: 'cancelled' });
  expect((await description).name).toBe('actor');
  expect(harness.eventsLike(/^at /)).toEqual([]);
});
