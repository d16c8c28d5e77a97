// The parts of the client by themselves: how many requests at once, when to try again, addresses, tokens, proxies.
import { describe, expect, test } from 'vitest';
import { AdaptiveLimit } from '../../../src/remote/adaptiveLimit';
import type { Permit } from '../../../src/remote/adaptiveLimit';
import { defaultTiming, Patience, retryAfterMs } from '../../../src/remote/patience';
import { proxyFor } from '../../../src/remote/proxies';
import { authorization, serverUrl } from '../../../src/remote/remoteSettings';

const { signal } = new AbortController();

describe('AdaptiveLimit', () => {
  async function full(limit: AdaptiveLimit): Promise<Permit[]> {
    const wanted = limit.limit;
    return Promise.all(Array.from({ length: wanted }, () => limit.acquire('background', signal)));
  }

  test('grows by about one a round while it is used up, and not otherwise', async () => {
    const limit = new AdaptiveLimit();
    const start = limit.limit;
    for (let round = 0; round < 3; round++) for (const permit of await full(limit)) permit.answered();
    const grown = limit.limit;
    expect(grown).toBeGreaterThan(start - 1);
    for (let one = 0; one < 100; one++) (await limit.acquire('background', signal)).answered();
    expect(limit.limit).toBe(grown);
  });

  test('is halved once for an overload that many requests met, and never below one', async () => {
    const limit = new AdaptiveLimit();
    for (const permit of await full(limit)) permit.overloaded();
    expect(limit.limit).toBe(2);
    for (let again = 0; again < 5; again++) for (const permit of await full(limit)) permit.overloaded();
    expect(limit.limit).toBe(1);
  });

  test('lets those go first for whom somebody waits, and forgets those who left', async () => {
    const limit = new AdaptiveLimit();
    const permits = await full(limit);
    const order: string[] = [];
    const left = new AbortController();
    const leaving = limit.acquire('background', left.signal);
    const waiting = (['background', 'interactive'] as const).map(async (priority) => {
      const permit = await limit.acquire(priority, signal);
      order.push(priority);
      permit.left();
    });
    left.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    permits[0]?.left();
    await Promise.all(waiting);
    expect(order).toEqual(['interactive', 'background']);
  });
});

describe('Patience', () => {
  /** By a clock that stands still, with what it says. */
  const watched = () => {
    const clock = { now: 0 };
    const told: (string | null)[] = [];
    const patience = new Patience(
      defaultTiming,
      (why) => told.push(why),
      () => clock.now,
    );
    return { clock, told, patience };
  };

  test('backs off twice as long each time, anywhere in the second half', () => {
    const early = new Patience(defaultTiming, undefined, Date.now, () => 0);
    const late = new Patience(defaultTiming, undefined, Date.now, () => 1);
    expect([1, 2, 3].map((attempt) => early.backOffMs(attempt))).toEqual([125, 250, 500]);
    expect([1, 2, 20].map((attempt) => late.backOffMs(attempt))).toEqual([250, 500, 15_000]);
  });

  test('waits longer for a server that answered before, and longest for one that is busy', () => {
    const patienceFor = (kind: 'away' | 'busy', answered: boolean): number => {
      let now = 0;
      const patience = new Patience(defaultTiming, undefined, () => now);
      if (answered) patience.answered();
      try {
        for (; now < 10_000_000; now += 1000) patience.failing(kind, 'away');
      } catch {
        return now;
      }
      return Infinity;
    };
    expect([patienceFor('away', false), patienceFor('away', true), patienceFor('busy', true)]).toEqual([
      20_000, 300_000, 600_000,
    ]);
  });

  test('says what is waited for once it takes long, once, and when it is over', () => {
    const { clock, told, patience } = watched();
    for (; clock.now < 10_000; clock.now += 1000) {
      patience.failing('away', `away at ${clock.now}`);
      expect(told).toEqual(clock.now < 3000 ? [] : ['away at 3000']);
    }
    patience.answered();
    patience.startOver();
    expect(told).toEqual(['away at 3000', null]);
  });

  test('leaves a server alone for as long as it asks, but no longer than it is waited for, and says so at once', () => {
    const { clock, told, patience } = watched();
    expect(patience.failing('busy', 'busy', 2_000)).toBe(2_000);
    expect(told).toEqual([]);
    expect(patience.failing('busy', 'busy', 4e12)).toBe(600_000);
    expect(told).toEqual(['busy']);
    clock.now = 590_000;
    expect(patience.failing('busy', 'busy', 60_000)).toBe(10_000);
  });

  test('reads Retry-After as seconds or as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfterMs('7', now)).toBe(7000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    expect([retryAfterMs('soon', now), retryAfterMs(undefined, now)]).toEqual([null, null]);
  });
});

test.each([
  ['http://gpu:8000', 'http://gpu:8000/gliclass'],
  ['https://gpu/', 'https://gpu/gliclass'],
  ['https://gpu/models/tags/', 'https://gpu/models/tags'],
])('the address %s is %s', (written, url) => {
  expect(serverUrl(written).href).toBe(url);
});

test.each(['gpu:8000', 'ftp://gpu/', '', 'https://me:secret@gpu/', 'https://gpu/?token=secret'])(
  'the address “%s” is refused',
  (written) => {
    expect(() => serverUrl(written)).toThrow(expect.objectContaining({ code: 'setting-invalid' }) as Error);
    expect(() => serverUrl(written)).not.toThrow(/secret/u);
  },
);

test('a token that no header can carry is refused without being shown', () => {
  expect(authorization('abc')).toBe('Bearer abc');
  expect([authorization(undefined), authorization('')]).toEqual([null, null]);
  expect(() => authorization('abc\r\nX: 1')).toThrow(/^(?!.*abc).*Copy it again/su);
});

test('a proxy is never passed by: a Node that cannot use it says so', () => {
  const url = new URL('https://gpu/');
  const environment = { HTTPS_PROXY: 'http://proxy:3128' };
  for (const version of ['22.21.0', '24.5.0', '26.0.0']) expect(proxyFor(url, environment, version)).toBe(environment);
  for (const version of ['22.20.0', '23.11.0', '24.4.1'])
    expect(() => proxyFor(url, environment, version)).toThrow(/HTTPS_PROXY is set/u);
  expect(proxyFor(new URL('http://gpu/'), environment, '22.13.0')).toBeNull();
  expect(proxyFor(url, null, '22.13.0')).toBeNull();
});
