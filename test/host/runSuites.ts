// Runs the suites of test/vscode in the host of this machine and writes their counts: node out/test/host/runSuites.js REPORT [SUITE...]
import fs from 'node:fs';
import path from 'node:path';
import { chooseHost } from './chooseHost';
import { repositoryRoot } from './locations';
import type { Suite } from './verdict';
import { suites } from '../vscode/suites';

async function main([report, ...names]: string[]): Promise<number> {
  if (report === undefined) throw new Error('name the file for the report');
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`no suite is called ${unknown.join(', ')}`);
  const host = await chooseHost();
  console.log(`host: ${host.name}`);
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, workspace, settings } of suites) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n--- suite ${name}`);
    const result = await host.run(suiteOf(name, workspace, settings));
    totals.passed += result.passed;
    totals.skipped += result.skipped;
    totals.failed += result.verdict === 'passed' ? 0 : Math.max(result.failed, 1);
    console.log(`suite ${name}: ${result.verdict === 'passed' ? 'passed' : result.reason}`);
  }
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.writeFileSync(report, JSON.stringify(totals));
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

function suiteOf(name: string, workspace: string | null, settings: Suite['settings']): Suite {
  const root = repositoryRoot();
  return {
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out/test/vscode/index.js'),
    workspace: workspace === null ? null : copyOf(path.join(root, 'test/vscode/fixtures'), workspace),
    env: { GLITAG_TEST_SUITE: name },
    ...(settings === undefined ? {} : { settings }),
    timeoutMs: 240_000,
    artifacts: path.join(root, 'test-results/vscode', name),
  };
}

/** Tests write settings and files: they get a copy, so that a run leaves the checkout as it was. */
function copyOf(fixtures: string, workspace: string): string {
  const copy = path.join(repositoryRoot(), 'out/test/fixtures');
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(fixtures, copy, { recursive: true });
  return path.join(copy, workspace);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
