// Reads what test programs report, and decides whether a tier passed. A tier without a verdict, or without a test, has failed.
// What failed is named: where a run's log is cut, its last lines must be enough to find the test.
import fs from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { inRepo } from './paths.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Record<string, (report: any) => Counts & { failing: string[] }>} */
const readers = {
  vitest: (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failing: (report.testResults ?? []).flatMap(failingOfVitest),
  }),
  playwright: ({ stats, suites = [] }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failing: suites.flatMap(failingOfPlaywright),
  }),
  suites: ({ passed, failed, skipped, failing = [] }) => ({ passed, failed, skipped, failing }),
};

function failingOfVitest({ name, status, message, assertionResults }) {
  const file = path.relative(inRepo(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [line(file, message)];
  return failed.map(({ fullName, failureMessages }) => line(`${file}: ${fullName}`, failureMessages[0]));
}

function failingOfPlaywright({ specs = [], suites = [] }) {
  const failed = specs.filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === 'flaky'));
  const named = failed.map(({ file, title, tests }) => {
    const results = tests.flatMap((test) => test.results);
    return line(`${file}: ${title}`, results.find(({ error }) => error)?.error.message);
  });
  return [...named, ...suites.flatMap(failingOfPlaywright)];
}

/** A name, and the first line of what was wrong, without colours. */
const line = (name, message = '') => `${name}: ${stripVTControlCharacters(message.trim().split('\n')[0])}`;

/**
 * @param {keyof typeof readers} kind   which program wrote the report
 * @param {string} file                 its JSON report
 * @param {number} exitCode             the program's exit code
 * @returns {Counts & { failing: string[], reason: string | null }} `reason` says why the tier failed; then `failed` is at least
 *   1. `failing`: a line of each test that did, as far as the report names them
 */
export function readCounts(kind, file, exitCode) {
  const none = { passed: 0, failed: 0, skipped: 0, failing: [] };
  const counts = fs.existsSync(file) ? readers[kind](JSON.parse(fs.readFileSync(file, 'utf8'))) : null;
  const reason = failure(counts, exitCode);
  const known = reason === noCounts ? none : (counts ?? none);
  return { ...known, failed: reason === null ? known.failed : Math.max(known.failed, 1), reason };
}

const noCounts = 'the report holds no counts';

function failure(counts, exitCode) {
  if (counts === null) return `no report was written (exit code ${exitCode})`;
  if ([counts.passed, counts.failed, counts.skipped].some((count) => !Number.isInteger(count))) return noCounts;
  if (counts.failed > 0) return `${counts.failed} failed`;
  if (exitCode !== 0) return `exit code ${exitCode}`;
  if (counts.passed === 0) return 'no test ran';
  return null;
}
