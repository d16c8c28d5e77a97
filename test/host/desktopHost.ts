// Runs suites in a desktop VS Code through @vscode/test-electron: one that is installed, or one that it downloads.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { installDebianPackages } from './chromium';
import { temporaryFolder } from './locations';
import { RunFiles } from './report';
import { quietSettings } from './settings';
import { judge, noVerdict, type Suite, type SuiteResult, type VsCodeHost } from './verdict';

/** Beyond mochaEntry's own deadline, which ends most hangs in words. */
const outerGraceMs = 30_000;

export class DesktopHost implements VsCodeHost {
  readonly name: string;

  constructor(private readonly executable: string) {
    this.name = `VS Code at ${executable}`;
  }

  async run(suite: Suite): Promise<SuiteResult> {
    const files = new RunFiles();
    const profile = suite.profile ?? temporaryFolder('profile');
    const settingsFolder = path.join(profile, 'User');
    fs.mkdirSync(settingsFolder, { recursive: true });
    const settings = JSON.stringify({ ...quietSettings, ...suite.settings });
    fs.writeFileSync(path.join(settingsFolder, 'settings.json'), settings);
    const display = await startDisplay();
    // test-electron ends VS Code when it is interrupted; it knows no time limit.
    const timer = setTimeout(() => process.emit('SIGINT'), suite.timeoutMs + outerGraceMs);
    try {
      const exitCode = await runTests({
        vscodeExecutablePath: this.executable,
        extensionDevelopmentPath: suite.extensionDevelopmentPath,
        extensionTestsPath: suite.extensionTestsPath,
        launchArgs: [
          ...(suite.workspace === null ? [] : [suite.workspace]),
          `--user-data-dir=${profile}`,
          `--extensions-dir=${suite.extensionsDir ?? path.join(profile, 'extensions')}`,
        ],
        extensionTestsEnv: { ...files.environment(suite), ...display.environment },
      });
      return judge(exitCode, files.stats);
    } catch (error) {
      const logs = path.join(profile, 'logs');
      if (fs.existsSync(logs)) fs.cpSync(logs, suite.artifacts, { recursive: true });
      if (error instanceof TestRunFailedError) return judge(error.code ?? 1, files.stats);
      return noVerdict(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
      display.stop();
      files.finish();
      if (suite.profile === undefined)
        fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  }
}

interface Display {
  readonly environment: Record<string, string>;
  stop(): void;
}

/** On Linux without a display: a virtual one. */
async function startDisplay(): Promise<Display> {
  const none = { environment: {}, stop: () => undefined };
  const has = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (process.platform !== 'linux' || has !== undefined) return none;
  if (!fs.existsSync('/usr/bin/Xvfb')) installDebianPackages(['xvfb'], console.log, 'or run with a display');
  // -displayfd: the server chooses a free number and tells it.
  const child = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    child.stdio[3]?.on('data', (data: Buffer) => {
      resolve(data.toString().trim());
    });
    child.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${code ?? 'a signal'}`));
    });
    child.once('error', reject);
  });
  return { environment: { DISPLAY: `:${number}` }, stop: () => child.kill() };
}
