// A child's ordinary life: started on first use only, with a bare environment, ended when idle, too big or no longer wanted.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { ChildHarness, documentsOf, eventually, isAlive, task } from '../support/childClient';

test('nothing starts before the first call, and one child serves all calls', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  expect(client.pid).toBeUndefined();
  expect(client.state).toEqual({ state: 'idle' });
  const [description, outcomes] = await Promise.all([
    client.describe(),
    client.classify(documentsOf('one', 'two', 'three'), task),
  ]);
  expect(description.name).toBe('actor');
  expect(outcomes.map(({ id, ok }) => [id, ok])).toEqual([
    ['d0', true],
    ['d1', true],
    ['d2', true],
  ]);
  expect(outcomes[2]).toMatchObject({ scores: Float32Array.of(1 / 2, 1 / 3, 1 / 4), chunkCount: 1 });
  expect(await client.classify([], task)).toEqual([]);
  expect(harness.eventsLike(/^load/)).toHaveLength(1);
  await vi.waitFor(() => {
    expect(harness.states.map(({ state }) => state)).toEqual(['loading', 'working', 'ready']);
  }, eventually);
});

test('the child sees an allow-list of the environment, no flags of the host and not its folder', async () => {
  const secrets = { NODE_OPTIONS: '--no-warnings', GITHUB_TOKEN: 'secret', HTTPS_PROXY: 'http://proxy', TZ: 'UTC' };
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  const harness = new ChildHarness({ environment: true });
  try {
    await harness.client.describe();
  } finally {
    vi.unstubAllEnvs();
  }
  const seen = JSON.parse(fs.readFileSync(harness.file('environment.json'), 'utf8')) as {
    env: Record<string, string>;
    execArgv: string[];
    cwd: string;
  };
  const allowed = ['ELECTRON_RUN_AS_NODE', 'HOME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TEMP', 'TMP', 'TMPDIR', 'TZ'];
  // The operating system and the channel itself add theirs.
  const added = ['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE', '__CF_USER_TEXT_ENCODING'];
  expect(Object.keys(seen.env).filter((name) => ![...allowed, ...added].includes(name))).toEqual([]);
  expect(seen.env['TZ']).toBe('UTC');
  expect(seen.env['ELECTRON_RUN_AS_NODE']).toBe('1');
  expect(seen.execArgv).toEqual([]);
  expect(seen.cwd).toBe(path.resolve('test/child/fixtures'));
});

test('an idle child is asked to end, and the next call starts another', async () => {
  const harness = new ChildHarness({}, { idleMs: 20 });
  const { client } = harness;
  await client.classify(documentsOf('one'), task);
  const { pid } = client;
  await vi.waitFor(() => {
    expect(client.state).toEqual({ state: 'idle' });
  }, eventually);
  expect(isAlive(pid)).toBe(false);
  expect(harness.events).toContain('shutdown');
  await client.classify(documentsOf('two'), task);
  expect(harness.eventsLike(/^load/)).toHaveLength(2);
});

test.each([{ exitCode: 139 }, { ignoreShutdown: true as const }])(
  'an end after shutdown is no crash: %o',
  async (behaviour) => {
    const harness = new ChildHarness(behaviour, { idleMs: 5, timings: { shutdownDeadlineMs: 50, crashLimit: 1 } });
    for (let round = 0; round < 3; round++) {
      await harness.client.classify(documentsOf('one'), task);
      await vi.waitFor(() => {
        expect(harness.client.state).toEqual({ state: 'idle' });
      }, eventually);
    }
    expect(harness.eventsLike(/^load/)).toHaveLength(3);
    expect(harness.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  },
);

test('a child that grows over the memory ceiling is replaced between two messages, and no document is lost', async () => {
  // 1000 bytes each; the ceiling is reached after 600 documents. A message holds at most 512, and two are under way at once.
  const harness = new ChildHarness({ rssPerDocument: 1000 }, { memoryCeilingBytes: 600_000 });
  const texts = Array.from({ length: 3000 }, (_, index) => `text ${index}`);
  const outcomes = await harness.client.classify(documentsOf(...texts), task);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(outcomes.map(({ id }) => id)).toEqual(texts.map((_, index) => `d${index}`));
  expect(harness.eventsLike(/^at /)).toHaveLength(3000);
  expect(harness.eventsLike(/^load/).length).toBeGreaterThan(1);
  expect(harness.logged.filter((line) => line.startsWith('error'))).toEqual([]);
});

test('a model that needs more than the ceiling by itself does not restart for ever', async () => {
  const harness = new ChildHarness({ rssBytes: 5000 }, { memoryCeilingBytes: 1000 });
  const { client } = harness;
  for (let round = 0; round < 3; round++) await client.classify(documentsOf('one'), task);
  expect(harness.eventsLike(/^load/)).toHaveLength(1);
});

test('dispose ends calls as cancelled and leaves no process, however busy', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  const hanging = client.classify(documentsOf('#hang'), task);
  const refused = expect(hanging).rejects.toMatchObject({ code: 'cancelled' });
  await harness.waitForEvent(/^at d0/);
  const { pid } = client;
  expect(isAlive(pid)).toBe(true);
  await client.dispose();
  expect(isAlive(pid)).toBe(false);
  await refused;
  expect(client.state).toEqual({ state: 'idle' });
  await expect(client.classify(documentsOf('one'), task)).rejects.toMatchObject({ code: 'child-stopped' });
  await expect(client.describe()).rejects.toMatchObject({ code: 'child-stopped' });
});

test('a model that does not load is an answer, not a crash; the next call tries again', async () => {
  const harness = new ChildHarness({ load: 'fail' }, { timings: { crashLimit: 1 } });
  const { client } = harness;
  const failure = { code: 'model-missing', message: 'There is no model in it.' };
  await Promise.all([
    expect(client.describe()).rejects.toMatchObject(failure),
    expect(client.classify(documentsOf('one'), task)).rejects.toMatchObject(failure),
  ]);
  expect(client.state).toEqual({ state: 'stopped', code: failure.code, reason: failure.message });
  fs.writeFileSync(harness.file('fixed'), '');
  expect(await client.classify(documentsOf('one'), task)).toHaveLength(1);
});

test('a missing worker and a Node that is none are said, and not tried again and again', async () => {
  const lost = new ChildHarness({}, { workerFile: '/nowhere/worker.js' });
  await expect(lost.client.describe()).rejects.toMatchObject({
    code: 'child-stopped',
    message: 'A file of GLiTag is missing: /nowhere/worker.js. Reinstall GLiTag.',
  });
  const wrong = new ChildHarness({}, { nodePath: '/nowhere/node' });
  await expect(wrong.client.classify(documentsOf('one'), task)).rejects.toMatchObject({
    code: 'child-stopped',
    message: expect.stringMatching(/ENOENT.*setting/) as string,
  });
  expect(wrong.logged.filter((line) => line.includes('died'))).toHaveLength(1);
});

test('another Node can be named', async () => {
  const { client } = new ChildHarness({}, { nodePath: process.execPath });
  expect((await client.describe()).name).toBe('actor');
});

test('verify needs no model of its own, and its crash is an error', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  expect(await client.verify('/some/model', null)).toMatchObject({ cases: 1, details: ['/some/model'] });
  expect(harness.eventsLike(/^start load/)).toEqual([]);
  await expect(client.verify('/some/model', '#crash')).rejects.toMatchObject({ code: 'child-crashed' });
  expect(await client.verify('/some/model', null)).toMatchObject({ cases: 1 });
});

test('a verification that waits behind one that crashes is done by the next child', async () => {
  const { client } = new ChildHarness();
  const crash = expect(client.verify('/some/model', '#crash')).rejects.toMatchObject({ code: 'child-crashed' });
  expect(await client.verify('/other/model', null)).toMatchObject({ details: ['/other/model'] });
  await crash;
}, 30_000);

test('a verification under way can be cancelled, and the child lives on', async () => {
  const harness = new ChildHarness();
  const { client } = harness;
  await client.describe();
  const controller = new AbortController();
  const verification = client.verify('/some/model', '#gate', controller.signal);
  await harness.waitForEvent(/^start verify/);
  const { pid } = client;
  controller.abort();
  await expect(verification).rejects.toMatchObject({ code: 'cancelled' });
  expect(await client.verify('/some/model', null)).toMatchObject({ cases: 1 });
  expect(client.pid).toBe(pid);
  await expect(client.verify('/some/model', null, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  expect(harness.eventsLike(/^start verify/)).toHaveLength(2);
});

test('a call that the child would refuse fails by itself, and costs no child', async () => {
  const harness = new ChildHarness({}, { timings: { crashLimit: 1 } });
  const { client } = harness;
  const refused = { code: 'input-invalid' };
  await expect(client.classify(documentsOf('one'), { ...task, labels: [] })).rejects.toMatchObject(refused);
  await expect(client.classify(documentsOf('one'), task, { chunkTokens: 0 })).rejects.toMatchObject(refused);
  for (const wrong of [{ id: 'd', text: null }, { id: 3, text: 'text' }, { id: 'd', text: 'text', other: 1 }, null])
    await expect(client.classify([wrong as never], task)).rejects.toMatchObject(refused);
  const kept = { id: 'd', vectors: { values: [1, 2], spans: [0, 1] }, without: [0] };
  await expect(client.rescore([kept as never], task)).rejects.toMatchObject(refused);
  const breaks = [{ id: 'bad', text: 'text', breaks: [3, 1] }, ...documentsOf('good')];
  expect(await client.classify(breaks, task)).toMatchObject([
    { ok: false, id: 'bad', code: 'input-invalid' },
    { ok: true, id: 'd0' },
  ]);
  expect(harness.eventsLike(/^load/)).toHaveLength(1);
});
