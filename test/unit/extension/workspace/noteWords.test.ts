import { expect, it } from 'vitest';
import { changesText } from '../../../../src/extension/workspace/noteWords';

it.each([
  [{ added: 3, changed: 2 }, '3 new, 2 changed'],
  [{ added: 1204, changed: 0 }, '1,204 new'],
  [{ added: 0, changed: 1 }, '1 changed'],
  [{ added: 0, changed: 0 }, null],
])('says %j as “%s”', (counts, text) => {
  expect(changesText(counts)).toBe(text);
});
