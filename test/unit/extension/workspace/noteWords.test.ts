// The view's one line on the workspace: counts that are none are left out, and nothing is said where nothing is.
import { expect, it } from 'vitest';
import { changesText, doneText, leftText } from '../../../../src/extension/workspace/noteWords';

it.each([
  [{ added: 3, changed: 2, outdated: 0, isTaught: false }, '3 new, 2 changed'],
  [{ added: 1204, changed: 0, outdated: 0, isTaught: true }, '1,204 new'],
  [{ added: 0, changed: 1, outdated: 7, isTaught: true }, '1 changed, 7 tagged before your last decisions'],
  [{ added: 0, changed: 0, outdated: 7, isTaught: false }, '7 stale'],
  [{ added: 0, changed: 0, outdated: 0, isTaught: true }, null],
])('says %j as “%s”', (counts, text) => {
  expect(changesText(counts)).toBe(text);
});

it.each([
  [{ added: 652, all: 900, stale: 0 }, '652 of 900 not tagged yet'],
  [{ added: 652, all: 1900, stale: 12 }, '652 of 1,900 not tagged yet, 12 stale'],
  [{ added: 0, all: 900, stale: 1 }, '1 stale'],
  [{ added: 0, all: 900, stale: 0 }, null],
])('says what a run left, %j, as “%s”', (left, text) => {
  expect(leftText(left)).toBe(text);
});

it.each([
  [
    { classified: 880, relabelled: 20, reused: 12, skipped: 3 },
    40,
    72_400,
    'Done in 1 min 12 s: 900 tagged, 12 reused, 3 skipped, none fits 40',
  ],
  [{ classified: 0, relabelled: 0, reused: 1204, skipped: 0 }, 0, 349, 'Done in 0.3 s: 1,204 reused'],
  [{ classified: 1, relabelled: 0, reused: 0, skipped: 0 }, 0, 9_990, 'Done in 10 s: 1 tagged'],
  [{ classified: 1, relabelled: 0, reused: 0, skipped: 0 }, 1, 59_800, 'Done in 1 min 0 s: 1 tagged, none fits 1'],
  [{ classified: 9, relabelled: 0, reused: 0, skipped: 0 }, 0, 7_530_000, 'Done in 2 h 5 min: 9 tagged'],
  [{ classified: 0, relabelled: 0, reused: 0, skipped: 0 }, 0, 349, null],
])('says what a run did, %j', (counts, noneFits, tookMs, text) => {
  expect(doneText({ ...counts, failed: 0, removed: 0 }, { noneFits, tookMs })).toBe(text);
});
