// What is nice to have may fail or be late: nobody hears of it.
import { expect, it } from 'vitest';
import { within } from '../../../../src/extension/host/within';

it('gives the value, and nothing for a failure or for what never comes', async () => {
  expect(await within(Promise.resolve('here'), 60_000)).toBe('here');
  expect(await within(Promise.reject<string>(new Error('no')), 60_000)).toBeUndefined();
  expect(await within(new Promise<string>(() => undefined), 1)).toBeUndefined();
});
