// What is nice to have may fail or be late: nobody hears of it.
import { expect, it } from 'vitest';
import { nextEvent, within } from '../../../../src/extension/host/within';

it('gives the value, and nothing for a failure or for what never comes', async () => {
  expect(await within(Promise.resolve('here'), 60_000)).toBe('here');
  expect(await within(Promise.reject<string>(new Error('no')), 60_000)).toBeUndefined();
  expect(await within(new Promise<string>(() => undefined), 1)).toBeUndefined();
});

it('waits for the next event of a kind, and listens no longer than asked to', async () => {
  const listeners = new Set<(value: number) => void>();
  const event = (listener: (value: number) => void) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  };
  const fire = (value: number) => {
    for (const listener of listeners) listener(value);
  };
  const even = nextEvent(event, (value) => value % 2 === 0);
  fire(1);
  expect(await within(even.came, 1)).toBeUndefined();
  fire(2);
  expect(await within(even.came, 60_000)).toBe(true);
  even.dispose();
  expect(listeners.size).toBe(0);
});
