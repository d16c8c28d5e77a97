import { describe, expect, test } from 'vitest';
import { RestartWindow } from '../../../src/inference/process/restartWindow';
import { defaultTimings } from '../../../src/inference/process/timings';

function windowAt(): { window: RestartWindow; pass: (ms: number) => void } {
  let now = 1000;
  const window = new RestartWindow(defaultTimings, () => now);
  return { window, pass: (ms) => (now += ms) };
}

describe('restart window', () => {
  test('waits 1, 2, 4, 4 seconds and stops at the fifth crash within three minutes', () => {
    const { window, pass } = windowAt();
    const verdicts = Array.from({ length: 5 }, () => {
      pass(44_999);
      return window.crash();
    });
    expect(verdicts).toEqual([
      { stop: false, delayMs: 1000 },
      { stop: false, delayMs: 2000 },
      { stop: false, delayMs: 4000 },
      { stop: false, delayMs: 4000 },
      { stop: true, crashes: 5 },
    ]);
    expect(window.isStopped()).toBe(true);
  });

  test('five crashes that do not fit into three minutes never stop', () => {
    const { window, pass } = windowAt();
    for (let crash = 0; crash < 20; crash++) {
      pass(45_000);
      expect(window.crash().stop).toBe(false);
    }
    pass(180_000);
    expect(window.crash()).toEqual({ stop: false, delayMs: 1000 });
  });

  test('a stop holds for one window after the last crash, then all is forgotten', () => {
    const { window, pass } = windowAt();
    for (let crash = 0; crash < 5; crash++) window.crash();
    pass(179_999);
    expect(window.isStopped()).toBe(true);
    pass(1);
    expect(window.isStopped()).toBe(false);
    expect(window.crash()).toEqual({ stop: false, delayMs: 1000 });
  });

  test('crashes by documents that are given up are forgotten, as long as others go through', () => {
    const { window } = windowAt();
    for (let document = 0; document < 20; document++) {
      expect(window.crash()).toMatchObject({ stop: false });
      expect(window.crash(true)).toMatchObject({ stop: false, delayMs: 2000 });
      window.succeeded();
    }
    // Success forgets nothing that is not explained.
    for (let crash = 0; crash < 4; crash++) {
      expect(window.crash().stop).toBe(false);
      window.succeeded();
    }
    expect(window.crash()).toEqual({ stop: true, crashes: 5 });
  });

  test('a child that dies of every document is stopped at the fifth crash', () => {
    const { window } = windowAt();
    const stops = [false, true, false, true, true].map((explained) => window.crash(explained).stop);
    expect(stops).toEqual([false, false, false, false, true]);
  });

  test('reset ends a stop at once', () => {
    const { window } = windowAt();
    for (let crash = 0; crash < 5; crash++) window.crash();
    window.reset();
    expect(window.isStopped()).toBe(false);
  });
});
