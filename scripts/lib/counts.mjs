// Reads what test programs report, and decides whether a tier passed. A tier without a verdict, or without a test, has failed.
import fs from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Record<string, (report: any) => Counts>} */
const readers = {
  vitest: (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
  playwright: ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }),
  suites: ({ passed, failed, skipped }) => ({ passed, failed, skipped }),
};

/**
 * @param {keyof typeof readers} kind   which program wrote the report
 * @param {string} file                 its JSON report
 * @param {number} exitCode             the program's exit code
 * @returns {Counts & { reason: string | null }} `reason` says why the tier failed; then `failed` is at least 1
 */
export function readCounts(kind, file, exitCode) {
  const none = { passed: 0, failed: 0, skipped: 0 };
  const counts = fs.existsSync(file) ? readers[kind](JSON.parse(fs.readFileSync(file, 'utf8'))) : null;
  const reason = failure(counts, exitCode);
  const known = reason === noCounts ? none : (counts ?? none);
  return { ...known, failed: reason === null ? known.failed : Math.max(known.failed, 1), reason };
}

const noCounts = 'the report holds no counts';

function failure(counts, exitCode) {
  if (counts === null) return `no report was written (exit code ${exitCode})`;
  if (Object.values(counts).some((count) => !Number.isInteger(count))) return noCounts;
  if (counts.failed > 0) return `${counts.failed} failed`;
  if (exitCode !== 0) return `exit code ${exitCode}`;
  if (counts.passed === 0) return 'no test ran';
  return null;
}
