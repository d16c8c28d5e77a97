// The line on tags that came and went because of decisions.
import { expect, test, vi } from 'vitest';
import { movesText } from '../../../../src/extension/learn/movesText';

vi.mock('vscode', () => import('../../../support/vscodeWords'));

test.each([
  [{ gained: 1, lost: 0, labels: ['planning'] }, '1 tag gained (planning)'],
  [{ gained: 0, lost: 2, labels: ['planning'] }, '2 tags lost (planning)'],
  [{ gained: 1200, lost: 1, labels: ['a', 'b', 'c'] }, '1,200 tags gained, 1 lost (a, b, c)'],
  [{ gained: 4, lost: 4, labels: ['a', 'b', 'c', 'd'] }, '4 tags gained, 4 lost (most of a, b, c)'],
])('of %j', (moves, text) => {
  expect(movesText(moves)).toBe(`Following your decisions: ${text}`);
});
