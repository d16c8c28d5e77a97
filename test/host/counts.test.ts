// `npm test` must not call a tier passed that failed, broke off or ran nothing.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { repositoryRoot, temporaryFolder } from './locations';
import { callScript } from './script';

const folder = temporaryFolder('counts');
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  failing: string[];
  reason: string | null;
}

/** Calls the script's own function in the script's own Node. */
function readCounts(kind: string, report: unknown, exitCode: number): Counts {
  const file = path.join(folder, 'report.json');
  fs.rmSync(file, { force: true });
  if (report !== undefined) fs.writeFileSync(file, JSON.stringify(report));
  return callScript('counts', 'readCounts', [kind, file, exitCode]) as Counts;
}

const vitest = (passed: number, failed: number) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 1,
  numTodoTests: 1,
});

it.each([
  ['a pass', vitest(3, 0), 0, { passed: 3, failed: 0, skipped: 2, reason: null }],
  ['failing tests', vitest(3, 2), 1, { passed: 3, failed: 2, skipped: 2, reason: '2 failed' }],
  ['a file that cannot be loaded', vitest(3, 0), 1, { passed: 3, failed: 1, skipped: 2, reason: 'exit code 1' }],
  ['no test', vitest(0, 0), 0, { passed: 0, failed: 1, skipped: 2, reason: 'no test ran' }],
  ['no report', undefined, 0, { passed: 0, failed: 1, skipped: 0, reason: 'no report was written (exit code 0)' }],
])('counts %s of vitest', (_, report, exitCode, expected) => {
  expect(readCounts('vitest', report, exitCode)).toEqual({ ...expected, failing: [] });
});

it('names what failed, with the first line of what was wrong', () => {
  const passed = { status: 'passed', fullName: 'adds up', failureMessages: [] };
  const failed = {
    status: 'failed',
    fullName: 'is kept',
    failureMessages: ['\u001b[31mError: 1 is not 2\u001b[39m\n  at x'],
  };
  const testResults = [
    {
      name: path.join(repositoryRoot(), 'test/unit/a.test.ts'),
      status: 'failed',
      message: '',
      assertionResults: [passed, failed],
    },
    {
      name: path.join(repositoryRoot(), 'test/unit/b.test.ts'),
      status: 'failed',
      message: 'no such file',
      assertionResults: [],
    },
  ];
  expect(readCounts('vitest', { ...vitest(1, 1), testResults }, 1).failing).toEqual([
    'test/unit/a.test.ts: is kept: Error: 1 is not 2',
    'test/unit/b.test.ts: no such file',
  ]);
  const spec = (title: string, ok: boolean, status: string, message: string) => ({
    file: 'keys.test.ts',
    title,
    ok,
    tests: [{ status, results: [{ error: { message } }] }],
  });
  const suites = [
    { specs: [], suites: [{ specs: [spec('a', false, 'unexpected', 'gone'), spec('b', true, 'flaky', 'late')] }] },
  ];
  const stats = { expected: 0, unexpected: 1, flaky: 1, skipped: 0 };
  expect(readCounts('playwright', { stats, suites }, 1).failing).toEqual([
    'keys.test.ts: a: gone',
    'keys.test.ts: b: late',
  ]);
  expect(readCounts('suites', { passed: 0, failed: 1, skipped: 0, failing: ['one'] }, 1).failing).toEqual(['one']);
});

it('counts a flaky Playwright test as failed', () => {
  const stats = { expected: 2, unexpected: 0, flaky: 1, skipped: 0 };
  expect(readCounts('playwright', { stats }, 0)).toMatchObject({ passed: 2, failed: 1, reason: '1 failed' });
});

it('refuses a report without counts', () => {
  expect(readCounts('suites', {}, 0)).toMatchObject({ failed: 1, reason: 'the report holds no counts' });
});
