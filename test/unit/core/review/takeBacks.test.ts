// What vanished from a team's file, and whether people took it back.
import { expect, it } from 'vitest';
import type { Decision } from '../../../../src/core/review/decision';
import { findingTakeBacks, mostTakenBack } from '../../../../src/core/review/takeBacks';
import { atOnce } from '../../../../src/core/slices';

const said = (path: string, more: Partial<Decision> = {}): Decision => ({
  ...{ root: '', path, passage: null, set: 'set', label: 'bug', verdict: 'accepted' },
  ...{ textHash: 'aa', decidedMs: 1, by: 'Ben', ...more },
});
const many = (count: number) => Array.from({ length: count }, (_, at) => said(`${at}.md`));

it('has what its authors decided no more on, not what others settled or they decided again', () => {
  const base = ['a', 'b', 'c', 'd'].map((path) => said(path));
  const now = [
    ...[said('a', { verdict: 'rejected', decidedMs: 2 }), said('b', { by: 'Ann', decidedMs: 3, settlesMs: 1 })],
    said('d'),
  ];
  expect(atOnce(findingTakeBacks(base, now))).toEqual({ vanished: [said('c')], areTakenBack: true });
});

it.each([
  { was: 10, gone: 0, areTakenBack: false },
  { was: 10, gone: 3, areTakenBack: true },
  { was: 9, gone: 3, areTakenBack: false },
  { was: 1, gone: 1, areTakenBack: false },
  { was: 1_000, gone: mostTakenBack, areTakenBack: true },
  { was: 1_000, gone: mostTakenBack + 1, areTakenBack: false },
])('$gone of $was lines: $areTakenBack', ({ was, gone, areTakenBack }) => {
  const found = atOnce(findingTakeBacks(many(was), many(was - gone)));
  expect([found.vanished.length, found.areTakenBack]).toEqual([gone, areTakenBack]);
});

it('has the second thought of whom the file has an older decision of again', () => {
  const second = said('a', { verdict: 'rejected', decidedMs: 2 });
  const others = ['b', 'c', 'd'].map((path) => said(path));
  expect(atOnce(findingTakeBacks([second, ...others], [said('a'), ...others]))).toEqual({
    vanished: [second],
    areTakenBack: true,
  });
});
