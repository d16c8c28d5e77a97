// A burst of file events costs one look at the disk, however large it is.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PathGatherer } from '../../../../src/extension/workspace/pathGatherer';

const looks: (string[] | null)[] = [];
let gatherer: PathGatherer;

beforeEach(() => {
  vi.useFakeTimers();
  looks.length = 0;
  gatherer = new PathGatherer((paths) => {
    looks.push(paths && [...paths]);
  });
});
afterEach(() => {
  gatherer.dispose();
  vi.useRealTimers();
});

it('tells few paths by name, each once, when it has become quiet', () => {
  for (const path of ['a', 'b', 'a']) {
    gatherer.add(path);
    vi.advanceTimersByTime(500);
  }
  expect(looks).toEqual([]);
  vi.advanceTimersByTime(500);
  expect(looks).toEqual([['a', 'b']]);
  gatherer.add('c');
  vi.advanceTimersByTime(1000);
  expect(looks).toEqual([['a', 'b'], ['c']]);
});

it('makes one look at everything of a checkout of 5,000 files that takes ten seconds', () => {
  for (let file = 0; file < 5000; file++) {
    gatherer.add(`file ${file}`);
    if (file % 50 === 0) vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(60_000);
  expect(looks).toEqual([null]);
});

it('looks at a hundred paths one by one, and at no more', () => {
  for (const count of [100, 101]) {
    for (let file = 0; file < count; file++) gatherer.add(`file ${file}`);
    vi.advanceTimersByTime(1000);
  }
  expect(looks.map((paths) => paths?.length ?? null)).toEqual([100, null]);
});

it('looks at nothing once it is disposed of', () => {
  gatherer.add('a');
  gatherer.dispose();
  vi.advanceTimersByTime(60_000);
  expect(looks).toEqual([]);
});

it('is not held up for ever by something that never is quiet', () => {
  for (let second = 0; second < 90; second++) {
    gatherer.add('log');
    vi.advanceTimersByTime(500);
  }
  expect(looks.length).toBe(2);
});
