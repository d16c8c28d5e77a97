import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ChildLoop } from '../../../src/inference/process/childLoop';
import type { ChildActions, EngineRun, LoadedEngine } from '../../../src/inference/process/childLoop';
import type { ChildMessage, HostMessage } from '../../../src/shared/childMessages';
import { AppError } from '../../../src/shared/errors';

const description = { name: 'm' } as LoadedEngine['description'];
const task = { labels: ['a'], mode: 'multi-label', examples: [] } as const;

/** A loop whose engine finishes a document whenever it is told to. */
function setUp(change: Partial<LoadedEngine> = {}) {
  const events: string[] = [];
  const said: ChildMessage[] = [];
  let proceed: () => void = () => undefined;
  const engine: LoadedEngine = {
    description,
    files: [],
    classify: async (documents, _task, run: EngineRun) => {
      for (const [done, { id }] of documents.entries()) {
        run.onProgress(done, id);
        await new Promise<void>((resolve) => (proceed = resolve));
        if (run.isCancelled()) throw new AppError('cancelled', 'Cancelled.');
      }
      return documents.map(({ id }) => ({ ok: false, id, code: 'inference-failed', message: 'x' }));
    },
    rescore: () => Promise.reject(new Error('plain error')),
    labelVectors: ({ labels }) => Promise.resolve({ values: Float32Array.from(labels, () => 0.5) }),
    release: () => {
      events.push('release');
      return Promise.resolve();
    },
    ...change,
  };
  const actions: ChildActions = {
    load: ({ folder }) => {
      events.push(`load ${folder}`);
      return folder === '/none' ? Promise.reject(new AppError('model-missing', 'none')) : Promise.resolve(engine);
    },
    verify: () => Promise.reject(new AppError('golden-invalid', 'no golden')),
    exit: () => events.push('exit'),
  };
  const loop = new ChildLoop(actions, (message) => {
    said.push(message);
    return Promise.resolve();
  });
  const receive = (message: HostMessage): void => void loop.receive(message);
  const step = async (): Promise<void> => {
    proceed();
    await pause(0);
  };
  const types = (): string[] => said.map((message) => `${message.type} ${'id' in message ? message.id : ''}`);
  return { loop, receive, step, said, types, events };
}

const load: HostMessage = { type: 'load', id: 1, folder: '/m', threads: 1, maxBatchTokens: 1 };
const classify = (id: number, ...ids: string[]): HostMessage => ({
  type: 'classify',
  id,
  documents: ids.map((each) => ({ id: each, text: 't' })),
  task,
  chunkTokens: null,
  vectors: false,
});

test('one request at a time, in order', async () => {
  const { loop, receive, step, types } = setUp();
  receive(load);
  receive(classify(2, 'a', 'b'));
  receive(classify(3, 'c'));
  await step();
  expect(types()).toEqual(['ready 1', 'progress 2']);
  expect(loop.currentId).toBe(2);
  await step();
  await step();
  expect(types()).toEqual(['ready 1', 'progress 2', 'progress 2', 'scores 2', 'progress 3']);
  await step();
  expect(types().at(-1)).toBe('scores 3');
  expect(loop.currentId).toBe(0);
});

test('cancel drops a waiting request at once, and one at work at its next step', async () => {
  const { receive, step, said } = setUp();
  receive(load);
  receive(classify(2, 'a', 'b', 'c'));
  receive(classify(3, 'd'));
  await step();
  receive({ type: 'cancel', id: 3 });
  receive({ type: 'cancel', id: 2 });
  receive({ type: 'cancel', id: 99 });
  await step();
  expect(said.filter(({ type }) => type === 'failed')).toEqual([
    { type: 'failed', id: 3, code: 'cancelled', message: 'Cancelled.' },
    { type: 'failed', id: 2, code: 'cancelled', message: 'Cancelled.' },
  ]);
});

test('errors are answers with their codes, and the loop goes on', async () => {
  const { receive, said, step } = setUp();
  receive(classify(1, 'a'));
  receive({ ...load, id: 2, folder: '/none' });
  receive({ ...load, id: 3 });
  receive({ type: 'rescore', id: 4, documents: [], task });
  receive({ type: 'verify', id: 5, folder: '/m', goldenFile: null });
  receive({ type: 'labels', id: 6, task });
  await step();
  expect(said).toMatchObject([
    { type: 'failed', id: 1, code: 'child-protocol' },
    { type: 'failed', id: 2, code: 'model-missing', message: 'none' },
    { type: 'ready', id: 3 },
    { type: 'failed', id: 4, code: 'inference-failed', message: 'plain error' },
    { type: 'failed', id: 5, code: 'golden-invalid' },
    { type: 'labels', id: 6, values: Float32Array.of(0.5) },
  ]);
});

test('a second load releases the first model; shutdown releases and exits, even in the middle of work', async () => {
  const { receive, step, events } = setUp();
  receive(load);
  receive({ ...load, id: 2, folder: '/other' });
  receive(classify(3, 'a', 'b'));
  await step();
  receive({ type: 'shutdown' });
  await step();
  expect(events).toEqual(['load /m', 'release', 'load /other', 'release', 'exit']);
});
