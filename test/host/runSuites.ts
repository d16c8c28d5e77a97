// Runs the suites of test/vscode in the host of this machine and writes their counts: node out/test/host/runSuites.js REPORT [SUITE...]
import fs from 'node:fs';
import path from 'node:path';
import { placeExtensions } from './besides';
import { chooseHost } from './chooseHost';
import { repositoryRoot, temporaryFolder } from './locations';
import type { Suite } from './verdict';
import { type SuiteDefinition, suites } from '../vscode/suites';

async function main([report, ...names]: string[]): Promise<number> {
  if (report === undefined) throw new Error('name the file for the report');
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) throw new Error(`no suite is called ${unknown.join(', ')}`);
  const host = await chooseHost();
  console.log(`host: ${host.name}`);
  const profiles = new Profiles();
  const totals = { passed: 0, failed: 0, skipped: 0, failing: [] as string[] };
  for (const definition of suites) {
    const { name } = definition;
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n--- suite ${name}`);
    const result = await host.run(suiteOf(definition, profiles));
    totals.passed += result.passed;
    totals.skipped += result.skipped;
    if (result.verdict !== 'passed') {
      totals.failed += Math.max(result.failed, 1);
      totals.failing.push(`suite ${name}: ${result.reason}`);
    }
    console.log(`suite ${name}: ${result.verdict === 'passed' ? 'passed' : result.reason}`);
  }
  profiles.remove();
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.writeFileSync(report, JSON.stringify(totals));
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

/** Profiles that several suites share. */
class Profiles {
  readonly #folders = new Map<string, string>();

  folder(name: string): string {
    const folder = this.#folders.get(name) ?? temporaryFolder('profile');
    this.#folders.set(name, folder);
    return folder;
  }

  isNew(name: string): boolean {
    return !this.#folders.has(name);
  }

  remove(): void {
    for (const folder of this.#folders.values()) fs.rmSync(folder, { recursive: true, force: true });
  }
}

function suiteOf(definition: SuiteDefinition, profiles: Profiles): Suite {
  const { name, settings, profile, besides = [] } = definition;
  const root = repositoryRoot();
  return {
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out/test/vscode/index.js'),
    workspace: workspaceOf(definition, profiles),
    env: { GLITAG_TEST_SUITE: name },
    ...(settings === undefined ? {} : { settings }),
    ...(profile === undefined ? {} : { profile: profiles.folder(profile) }),
    ...(besides.length === 0 ? {} : { extensionsDir: extensionsOf(name, besides) }),
    timeoutMs: 240_000,
    artifacts: path.join(root, 'test-results/vscode', name),
  };
}

/** A folder of installed extensions that holds these, as the checkout has them. */
function extensionsOf(suite: string, folders: readonly string[]): string {
  const extensionsDir = path.join(repositoryRoot(), 'out/test/extensions', suite);
  fs.rmSync(extensionsDir, { recursive: true, force: true });
  placeExtensions(
    folders.map((folder) => path.join(repositoryRoot(), folder)),
    extensionsDir,
  );
  return extensionsDir;
}

/**
 * Tests write settings and files: they get a copy, so that a run leaves the checkout as it was. Suites that share a profile
 * share the copy too: desktop VS Code takes a folder that was made anew for another workspace.
 */
function workspaceOf({ name, workspace, profile }: SuiteDefinition, profiles: Profiles): string | null {
  if (workspace === null) return null;
  const copy = path.join(repositoryRoot(), 'out/test/workspaces', profile ?? name);
  if (profile === undefined || profiles.isNew(profile)) {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.cpSync(path.join(repositoryRoot(), 'test/vscode/fixtures'), copy, { recursive: true });
  }
  return path.join(copy, workspace);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
