// The small tools under the runs: ordered concurrency, sliced sorting, slots, seen ids, progress.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapOrdered } from '../../../src/workspace/flow/mapOrdered';
import { sortSliced } from '../../../src/workspace/flow/sortSliced';
import { ProgressMeter } from '../../../src/workspace/run/progressMeter';
import { SeenSet } from '../../../src/workspace/run/seenSet';
import { Slots } from '../../../src/workspace/run/slots';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('mapOrdered', () => {
  it('keeps the order and the limit, and waits for a slow consumer', async () => {
    let underWay = 0;
    let most = 0;
    let started = 0;
    const map = async (n: number) => {
      started++;
      most = Math.max(most, ++underWay);
      for (let turns = 1 + ((n * 7) % 5); turns > 0; turns--) await turn();
      underWay--;
      return n * 2;
    };
    const seen: number[] = [];
    for await (const result of mapOrdered(
      Array.from({ length: 50 }, (_, n) => n),
      4,
      map,
    )) {
      seen.push(result);
      expect(started - seen.length).toBeLessThan(4);
      await turn();
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, n) => n * 2));
    expect(most).toBe(4);
  });

  it('surfaces a rejection at its place, closes its source, and leaves nothing under way', async () => {
    let open = 0;
    let closed = false;
    async function* source() {
      try {
        for (let n = 0; ; n++) {
          await turn();
          yield n;
        }
      } finally {
        closed = true;
      }
    }
    const map = async (n: number) => {
      open++;
      await turn();
      open--;
      if (n === 3) throw new Error('third');
      return n;
    };
    const seen: number[] = [];
    const loop = async () => {
      for await (const n of mapOrdered(source(), 5, map)) seen.push(n);
    };
    await expect(loop()).rejects.toThrow('third');
    expect([seen, closed, open]).toEqual([[0, 1, 2], true, 0]);
  });
});

it('sortSliced sorts as Array.sort does, over several slices too', async () => {
  const before = (a: { key: number }, b: { key: number }) => a.key < b.key;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 30 }), fc.constantFrom(0, 8_192, 20_000), async (keys, more) => {
      const items = [...keys, ...Array.from({ length: more }, (_, n) => (n * 7919) % 1009)].map((key, at) => ({
        key,
        at,
      }));
      expect(await sortSliced(items, before)).toEqual([...items].sort((a, b) => a.key - b.key));
    }),
    { numRuns: 20 },
  );
});

it('Slots holds the next job back until one is free, and goes on after an error', async () => {
  const errors: unknown[] = [];
  const slots = new Slots(2, (error) => errors.push(error));
  const releases: (() => void)[] = [];
  const job = () => new Promise<void>((resolve) => releases.push(resolve));
  await slots.start(job);
  await slots.start(() => Promise.reject(new Error('one')));
  await slots.start(job);
  let third = false;
  const waiting = slots.start(job).then(() => (third = true));
  await turn();
  expect([third, slots.busy, errors.length]).toEqual([false, true, 1]);
  releases[0]?.();
  await waiting;
  for (const release of releases) release();
  await slots.idle();
  expect([third, slots.busy]).toEqual([true, false]);
});

it('SeenSet holds exactly the ids that were added', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200_000)), fc.nat(200_000), (ids, other) => {
      const seen = new SeenSet();
      for (const id of ids) seen.add(id);
      expect(ids.every((id) => seen.has(id))).toBe(true);
      expect(seen.has(other)).toBe(ids.includes(other));
    }),
  );
});

it('ProgressMeter tells the rate of the last seconds, and no time left before it knows the total', () => {
  let nowMs = 0;
  const meter = new ProgressMeter(() => nowMs);
  const spend = (seconds: number, perSecond: number) => {
    for (let step = 0; step < seconds * 4; step++) {
      nowMs += 250;
      meter.advance(perSecond / 4);
    }
  };
  meter.total = 1000;
  expect(meter.progress).toMatchObject({ documentsPerSecond: 0, secondsLeft: null });
  spend(2, 40);
  expect(meter.progress).toMatchObject({ done: 80, total: 1000, documentsPerSecond: 40, secondsLeft: null });
  meter.counted = true;
  expect(meter.progress.secondsLeft).toBe(23);
  spend(20, 20);
  expect(meter.progress.documentsPerSecond).toBeCloseTo(20, 0);
  nowMs += 60_000;
  meter.restartRate();
  spend(2, 20);
  expect(meter.progress.documentsPerSecond).toBeCloseTo(20, 0);
});
