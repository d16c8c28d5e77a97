import { expect, test } from 'vitest';
import { MemoryCeiling } from '../../../src/inference/process/memoryCeiling';

test('what the model takes once it works is no reason to replace the child; growth beyond it is', () => {
  const memory = new MemoryCeiling(1000);
  memory.restarted();
  memory.loaded(800);
  // Lanes come with the first work.
  expect(memory.isExceeded(2000)).toBe(false);
  expect(memory.isExceeded(3000)).toBe(false);
  expect(memory.isExceeded(3001)).toBe(true);
});

test('a small model may grow up to the ceiling, and the next child begins anew', () => {
  const memory = new MemoryCeiling(1000);
  memory.restarted();
  memory.loaded(2000);
  memory.restarted();
  memory.loaded(100);
  expect([200, 1000, 1001].map((rss) => memory.isExceeded(rss))).toEqual([false, false, true]);
});
