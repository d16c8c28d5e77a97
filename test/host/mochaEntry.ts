// Runs inside the extension host: Mocha over compiled test files, its totals into a file. What `extensionTestsPath` names builds on it.
import fs from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import type { MochaStats } from './verdict';

/** Environment between the runner and the extension host. */
export const environment = {
  /** File for Mocha's totals. */
  stats: 'GLITAG_TEST_STATS',
  /** File for Mocha's report: VS Code's console carries far more than that. */
  report: 'GLITAG_TEST_REPORT',
  /** Only tests whose title matches. */
  grep: 'GLITAG_TEST_GREP',
  /** Milliseconds for all tests. */
  timeout: 'GLITAG_TEST_TIMEOUT_MS',
} as const;

/** The `run` function of @vscode/test-electron's contract: rejects unless at least one test passed and none failed. */
export function mochaEntry(files: readonly string[], testTimeoutMs = 30_000): () => Promise<void> {
  return async () => {
    const report = process.env[environment.report];
    if (report !== undefined)
      Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
        fs.appendFileSync(report, `${format(...args)}\n`);
      };
    const grep = process.env[environment.grep];
    const mocha = new Mocha({
      ui: 'bdd',
      timeout: testTimeoutMs,
      slow: 5000,
      color: false,
      ...(grep === undefined ? {} : { grep }),
    });
    for (const file of files) mocha.addFile(file);
    const stats = await withDeadline(runAll(mocha), Number(process.env[environment.timeout] ?? 300_000));
    const statsFile = process.env[environment.stats];
    if (statsFile !== undefined) fs.writeFileSync(statsFile, JSON.stringify(stats));
    if (stats.failures > 0) throw new Error(`${stats.failures} tests failed`);
    if (stats.passes === 0) throw new Error('no test passed');
  };
}

function runAll(mocha: Mocha): Promise<MochaStats> {
  return new Promise((resolve, reject) => {
    const failing: string[] = [];
    const runner = mocha.run(() => {
      if (runner.stats === undefined) reject(new Error('Mocha kept no totals'));
      else resolve({ ...runner.stats, failing });
    });
    runner.on('fail', (test) => failing.push(test.fullTitle()));
  });
}

/** A test without a time limit of its own must not keep VS Code open for ever. */
async function withDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no verdict in ${deadlineMs} ms`));
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
