// The host must tell a pass from everything else: a failing test, a hang, a crash, nothing to run.
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseHost } from './chooseHost';
import { DesktopHost } from './desktopHost';
import { ensureServer } from './installServer';
import { pinnedNode, repositoryRoot, temporaryFolder } from './locations';
import { environment } from './mochaEntry';
import { ServerHost } from './serverHost';
import type { Suite } from './verdict';

const probe = path.join(repositoryRoot(), 'test/host/fixtures/probe');
const scratch = temporaryFolder('host-tests');
afterAll(() => {
  fs.rmSync(scratch, { recursive: true, force: true });
});

function suite(env: Record<string, string>, more: Partial<Suite> = {}): Suite {
  return {
    extensionDevelopmentPath: probe,
    extensionTestsPath: path.join(probe, 'suite.js'),
    workspace: path.join(repositoryRoot(), 'test/host/fixtures/folder'),
    env,
    timeoutMs: 60_000,
    artifacts: path.join(scratch, 'artifacts'),
    ...more,
  };
}

describe.runIf(process.platform === 'linux')('server host', () => {
  beforeAll(() => {
    ensureServer();
  }, 300_000);
  const host = new ServerHost();

  it('passes a passing suite, with its settings', async () => {
    const result = await host.run(suite({ PROBE_SETTING: '7' }, { settings: { 'editor.tabSize': 7 } }));
    expect(result).toEqual({ verdict: 'passed', passed: 2, failed: 0, skipped: 0, reason: '' });
  });

  it('opens a window without a folder, and counts skipped tests', async () => {
    const result = await host.run(suite({ PROBE_CASE: 'no folder' }, { workspace: null }));
    expect(result).toMatchObject({ verdict: 'passed', passed: 1, skipped: 1 });
  });

  it('fails a failing test and keeps the evidence', async () => {
    const result = await host.run(suite({ PROBE_CASE: 'fail' }));
    expect(result).toMatchObject({ verdict: 'failed', passed: 1, failed: 1 });
    expect(fs.readdirSync(path.join(scratch, 'artifacts'))).toEqual(
      expect.arrayContaining(['server.log', 'window.png']),
    );
  });

  it('gives no verdict on a test that hangs', async () => {
    const result = await host.run(suite({ PROBE_CASE: 'hang' }, { timeoutMs: 5000 }));
    expect(result).toMatchObject({ verdict: 'none', passed: 0 });
  });

  it('gives no verdict when the extension host dies', async () => {
    const result = await host.run(suite({ PROBE_CASE: 'crash' }, { timeoutMs: 5000 }));
    expect(result.verdict).toBe('none');
  });

  it('gives no verdict when the entry is missing', async () => {
    const result = await host.run(suite({}, { extensionTestsPath: path.join(probe, 'nowhere.js') }));
    expect(result.verdict).toBe('none');
  });

  it('gives no verdict when no test matches', async () => {
    const result = await host.run(suite({ [environment.grep]: 'no such test' }));
    expect(result).toMatchObject({ verdict: 'none', reason: 'no test passed' });
  });

  it('does not pass a suite whose extension leaves a process behind', async () => {
    const result = await host.run(suite({ PROBE_CASE: 'leak' }));
    expect(result.reason).toMatch(/^left running after the tests: \d+ .*probe$/);
  });
});

describe.runIf(process.platform === 'linux')('desktop host', () => {
  const executable = path.join(scratch, 'code');
  const standIn = path.join(repositoryRoot(), 'out/test/host/standIn.js');

  it('judges by the same numbers through test-electron', async () => {
    fs.writeFileSync(executable, `#!/bin/sh\nexec "${pinnedNode()}" "${standIn}" "$@"\n`, { mode: 0o755 });
    const host = await chooseHost({ ...process.env, VSCODE_PATH: executable });
    expect(host).toBeInstanceOf(DesktopHost);
    const settings = { 'editor.tabSize': 7 };
    expect(await host.run(suite({ PROBE_SETTING: '7' }, { settings }))).toMatchObject({ verdict: 'passed', passed: 2 });
    expect(await host.run(suite({ PROBE_CASE: 'fail' }))).toMatchObject({ verdict: 'failed', failed: 1 });
  });

  it('does not pass when the executable ends at once', async () => {
    expect(await new DesktopHost('/bin/true').run(suite({}))).toMatchObject({ verdict: 'none', passed: 0 });
    expect(await new DesktopHost('/bin/false').run(suite({}))).toMatchObject({ verdict: 'none', passed: 0 });
  });

  it('refuses a VSCODE_PATH that does not exist', async () => {
    await expect(chooseHost({ VSCODE_PATH: '/nowhere/code' })).rejects.toThrow('VSCODE_PATH names /nowhere/code');
  });
});

describe.runIf(process.platform === 'linux')('installation', () => {
  it('refuses a download with another digest and leaves nothing half-made', () => {
    const cache = path.join(scratch, 'cache');
    const install = () => ensureServer({ cache, expectedIntegrity: 'sha512-other', log: () => undefined });
    expect(install).toThrow('expected sha512-other: not installed');
    expect(fs.readdirSync(cache)).toEqual([]);
  });

  it('names the browser that does not run', () => {
    const before = process.env['CHROMIUM'];
    process.env['CHROMIUM'] = '/bin/false';
    try {
      expect(() => ensureServer()).toThrow('The browser /bin/false does not run: name another one in CHROMIUM.');
    } finally {
      if (before === undefined) delete process.env['CHROMIUM'];
      else process.env['CHROMIUM'] = before;
    }
  });
});
