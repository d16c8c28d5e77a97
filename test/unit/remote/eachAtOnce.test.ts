// A few at a time, in order, and nothing more after a failure.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachAtOnce } from '../../../src/remote/eachAtOnce';

const numbers = Array.from({ length: 100 }, (_, n) => n);

test('works on as many as may be at once, and gives results in the order of the items', async () => {
  let [now, most] = [0, 0];
  const doubled = await eachAtOnce(numbers, 7, async (n) => {
    most = Math.max(most, ++now);
    for (let wait = n % 3; wait > 0; wait--) await setImmediate();
    now--;
    return 2 * n;
  });
  expect(doubled).toEqual(numbers.map((n) => 2 * n));
  expect(most).toBe(7);
});

test('begins nothing more after a failure', async () => {
  const begun: number[] = [];
  const work = async (n: number) => {
    begun.push(n);
    await setImmediate();
    if (n === 5) throw new Error('five');
  };
  await expect(eachAtOnce(numbers, 3, work)).rejects.toThrow('five');
  await setImmediate();
  expect(begun.length).toBeLessThan(12);
});
