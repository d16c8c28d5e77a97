// The time left goes by the last seconds: neither by what was there before, nor by a network that was faster once.
import { expect, it } from 'vitest';
import { DownloadPace } from '../../../../src/extension/chooseModel/downloadPace';

const total = 10_000;

it('says nothing before it knows, and nothing while nothing comes', () => {
  const pace = new DownloadPace();
  expect(pace.secondsLeft(5_000, total, 0)).toBeNull();
  expect(pace.secondsLeft(5_500, total, 500)).toBeNull();
  const stuck = new DownloadPace();
  expect([0, 1_000, 2_000].map((ms) => stuck.secondsLeft(400, total, ms))).toEqual([null, null, null]);
});

it('does not count what an earlier try left', () => {
  const pace = new DownloadPace();
  pace.secondsLeft(8_000, total, 0);
  expect(pace.secondsLeft(8_200, total, 2_000)).toBeCloseTo(18);
});

it('forgets how fast it was', () => {
  const pace = new DownloadPace();
  pace.secondsLeft(0, total, 0);
  // 1,000 a second at first, 100 a second from then on.
  for (let second = 1; second <= 4; second++) pace.secondsLeft(second * 1_000, total, second * 1_000);
  let left: number | null = null;
  for (let second = 5; second <= 20; second++)
    left = pace.secondsLeft(4_000 + (second - 4) * 100, total, second * 1_000);
  expect(left).toBeCloseTo(44);
});
