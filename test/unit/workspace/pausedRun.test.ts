// A run that is paused, cancelled, or asked for twice.
import { describe, expect, it, vi } from 'vitest';
import type { RunProgress } from '../../../src/workspace/types';
import { FakeClassifier } from '../../support/fakeClassifier';
import { newRun, openStore, shown } from './runHelpers';
import { TempFolder } from './tempFolder';

function files(count: number, text = (n: number) => `text ${n}`): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`d${n % 7}/${n}.md`, text(n)]));
}
describe('a run under way', () => {
  it('pauses, shows it, and goes on', async () => {
    const folder = await TempFolder.create(files(200));
    const store = await openStore(folder);
    const states: string[] = [];
    let done = 0;
    const run = newRun(
      folder,
      store,
      new FakeClassifier({
        beforeEach: () => {
          if (++done === 20) run.pause();
        },
      }),
      {
        onProgress: ({ state }: RunProgress) => states.at(-1) !== state && states.push(state),
      },
    );
    const finished = run.start();
    await vi.waitFor(() => {
      expect(run.progress.state).toBe('paused');
    });
    // What was under way is finished, and then nothing moves.
    let before = -1;
    await vi.waitFor(
      () => {
        const now = done;
        const still = now === before;
        before = now;
        expect(still).toBe(true);
      },
      { interval: 200, timeout: 10_000 },
    );
    expect(done).toBeLessThan(200);
    run.resume();
    expect(await finished).toMatchObject({ classified: 200 });
    expect(states).toEqual(['running', 'paused', 'running', 'finished']);
    expect(run.progress).toMatchObject({ done: 200, total: 200, counted: true });
  });

  it('does not count the pause as work: its speed begins anew', async () => {
    const folder = await TempFolder.create(files(200));
    let now = 0;
    let done = 0;
    let resumed = false;
    const rates: number[] = [];
    const run = newRun(
      folder,
      await openStore(folder),
      new FakeClassifier({
        // Ten documents a second.
        beforeEach: () => {
          now += 100;
          if (++done === 20) run.pause();
        },
      }),
      {
        now: () => now,
        onProgress: ({ documentsPerSecond }: RunProgress) => {
          if (resumed && documentsPerSecond > 0) rates.push(documentsPerSecond);
        },
      },
    );
    const finished = run.start();
    await vi.waitFor(() => {
      expect(run.progress.state).toBe('paused');
    });
    now += 3_600_000;
    resumed = true;
    run.resume();
    await finished;
    expect(rates.length).toBeGreaterThan(0);
    expect(Math.min(...rates)).toBeGreaterThan(1);
  });

  it('cancels, also while paused; the next run goes on where it stopped', async () => {
    const folder = await TempFolder.create(files(600));
    const store = await openStore(folder);
    const cancel = new AbortController();
    let done = 0;
    const run = newRun(
      folder,
      store,
      new FakeClassifier({
        beforeEach: () => {
          if (++done === 100) run.pause();
        },
      }),
      { signal: cancel.signal },
    );
    const finished = run.start();
    await vi.waitFor(() => {
      expect(run.progress.state).toBe('paused');
    });
    cancel.abort();
    const { classified } = await finished;
    expect(run.progress.state).toBe('cancelled');
    expect(classified).toBeLessThan(600);
    expect(Object.keys(await shown(store))).toHaveLength(classified);
    expect(await newRun(folder, store, new FakeClassifier()).start()).toMatchObject({
      reused: classified,
      classified: 600 - classified,
    });
  });

  it('refuses a second run over the same index while one is on', async () => {
    const folder = await TempFolder.create(files(30));
    const store = await openStore(folder);
    const second = await openStore(folder);
    const others: Promise<unknown>[] = [];
    const classifier = new FakeClassifier({
      beforeEach: () => {
        if (others.length > 0) return;
        const other = newRun(folder, second, new FakeClassifier());
        others.push(other.start().catch((error: unknown) => error));
      },
    });
    expect(await newRun(folder, store, classifier).start()).toMatchObject({ classified: 30 });
    expect(await Promise.all(others)).toMatchObject([{ code: 'index-busy' }]);
    // A single saved document may come in between.
    await folder.write('d1/1.md', 'saved');
    const lock = store.lock();
    const save = { exclusive: false, find: { roots: [{ uri: folder.uri, name: 'work', start: 'd1/1.md' }] } };
    expect(await newRun(folder, second, new FakeClassifier(), save).start()).toMatchObject({
      classified: 1,
      removed: 0,
    });
    lock.release();
  });
});
