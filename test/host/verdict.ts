// What came of a suite. VS Code's exit code alone proves nothing: it is 0 too when no test ran, so Mocha's numbers decide.
import fs from 'node:fs';

/** A suite of compiled Mocha tests and the window it runs in. */
export interface Suite {
  readonly extensionDevelopmentPath: string;
  /** Module with `run(): Promise<void>`, built on mochaEntry. */
  readonly extensionTestsPath: string;
  /** Folder or .code-workspace file; null for a window without a folder. */
  readonly workspace: string | null;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Profile folder that stays, so that a later window finds what an earlier one stored; a throw-away one where absent. */
  readonly profile?: string;
  /** Folder of installed extensions; an empty one where absent. */
  readonly extensionsDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Time for all tests of the suite. */
  readonly timeoutMs: number;
  /** Folder for logs and a screenshot when the suite does not pass. */
  readonly artifacts: string;
}

export interface SuiteResult {
  /** `none`: the tests did not get to a verdict, which counts as a failure. */
  readonly verdict: 'passed' | 'failed' | 'none';
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Why the suite did not pass; empty if it did. */
  readonly reason: string;
}

/** Something that runs a suite inside a real VS Code. */
export interface VsCodeHost {
  readonly name: string;
  run(suite: Suite): Promise<SuiteResult>;
}

/** Mocha's totals, as mochaEntry writes them. */
export interface MochaStats {
  readonly tests: number;
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
  /** Full titles of the tests that failed. */
  readonly failing: readonly string[];
}

/** A suite that got to no verdict, for this reason. */
export const noVerdict = (reason: string): SuiteResult => ({
  verdict: 'none',
  passed: 0,
  failed: 0,
  skipped: 0,
  reason,
});

/** The verdict from VS Code's exit code and the file that mochaEntry wrote. */
export function judge(exitCode: number, statsFile: string): SuiteResult {
  if (!fs.existsSync(statsFile)) return noVerdict(`VS Code ended with ${exitCode}, but Mocha left no result`);
  const stats = JSON.parse(fs.readFileSync(statsFile, 'utf8')) as MochaStats;
  const counts = { passed: stats.passes, failed: stats.failures, skipped: stats.pending };
  if (stats.failures > 0)
    return {
      verdict: 'failed',
      ...counts,
      reason: `${stats.failures} of ${stats.tests} tests failed: ${stats.failing.join('; ')}`,
    };
  if (stats.passes === 0) return { verdict: 'none', ...counts, reason: 'no test passed' };
  if (exitCode !== 0) return { verdict: 'none', ...counts, reason: `Mocha passed, but VS Code ended with ${exitCode}` };
  return { verdict: 'passed', ...counts, reason: '' };
}
