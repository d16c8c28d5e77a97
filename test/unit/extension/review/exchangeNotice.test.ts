// What is said after an export or import that left something out.
import { expect, test, vi } from 'vitest';
import type { Reporter } from '../../../../src/extension/host/report';
import { tellWithReasons } from '../../../../src/extension/review/exchangeNotice';

vi.mock('vscode', () => import('../../../support/vscodeWords'));

test.each([
  [[], 'Done.'],
  [['line 2 has no text'], 'Done. Not taken: line 2 has no text.'],
  [['line 2 has no text', 'line 3 has no labels'], 'Done. Not taken: line 2 has no text (the log has all 2).'],
])('for the reasons %j', (reasons, text) => {
  const told: string[] = [];
  const reporter = { notice: (message: string) => told.push(message) } as unknown as Reporter;
  tellWithReasons('Done.', 'Not taken', reasons, reporter);
  expect(told).toEqual([text]);
});
