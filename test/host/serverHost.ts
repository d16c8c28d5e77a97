// Runs suites in VS Code's own server with a headless browser as the window: the same extension host, without a download from Microsoft.
import fs from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumArgs } from './chromium';
import { endOfLog, RunFiles } from './report';
import { VsCodeServer } from './server';
import { judge, noVerdict, type Suite, type SuiteResult, type VsCodeHost } from './verdict';

/** Beyond mochaEntry's own deadline, which ends most hangs in words. */
const outerGraceMs = 30_000;

export class ServerHost implements VsCodeHost {
  readonly name = "VS Code's server with a headless browser";

  /** `statsFile`: where Mocha's totals go if the caller wants to read them. */
  constructor(private readonly statsFile?: string) {}

  async run(suite: Suite): Promise<SuiteResult> {
    const files = new RunFiles(this.statsFile);
    let server: VsCodeServer | undefined;
    let browser: Browser | undefined;
    let page: Page | undefined;
    let result: SuiteResult;
    try {
      const { settings = {}, profile, extensionsDir } = suite;
      server = await VsCodeServer.start({
        env: files.environment(suite),
        settings,
        ...(profile === undefined ? {} : { profile }),
        ...(extensionsDir === undefined ? {} : { extensionsDir }),
      });
      browser = await chromium.launch({ executablePath: server.installation.chromium, args: chromiumArgs });
      // Without the permissions `vscode.env.clipboard` fails.
      const permissions = ['clipboard-read', 'clipboard-write'];
      page = await browser.newPage({ viewport: { width: 1280, height: 800 }, permissions });
      const exitCode = await this.exitCode(server, page, suite);
      result = judge(exitCode, files.stats);
    } catch (error) {
      result = noVerdict(error instanceof Error ? error.message : String(error));
    }
    if (result.verdict !== 'passed') await explain(result, suite, server, page);
    await browser?.close();
    const own = [suite.extensionDevelopmentPath, suite.extensionsDir].filter((folder) => folder !== undefined);
    const left = ((await server?.stop()) ?? []).filter((line) => own.some((folder) => line.includes(folder)));
    files.finish();
    // The extension's own child must never outlive its window.
    return left.length === 0 ? result : noVerdict(`left running after the tests: ${left.join(', ')}`);
  }

  /** Opens the window that runs the tests; the smoke-test driver tells the page when VS Code would exit. */
  private async exitCode(server: VsCodeServer, page: Page, suite: Suite): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const ended = new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no verdict in ${suite.timeoutMs} ms`));
      }, suite.timeoutMs + outerGraceMs);
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
      page.on('crash', () => {
        reject(new Error('the browser page crashed'));
      });
    });
    try {
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
        server.append(`[${type}] ${args.join(' ')}\n`);
      });
      // The suite has its own limit; a busy machine loads slowly.
      await page.goto(server.url(suite), { timeout: suite.timeoutMs });
      return await ended;
    } finally {
      clearTimeout(timer);
    }
  }
}

async function explain(result: SuiteResult, suite: Suite, server?: VsCodeServer, page?: Page): Promise<void> {
  console.error(result.reason);
  const log = server?.log() ?? '';
  if (result.verdict === 'none') console.error(`--- end of the log\n${endOfLog(log)}`);
  fs.mkdirSync(suite.artifacts, { recursive: true });
  fs.writeFileSync(path.join(suite.artifacts, 'server.log'), log);
  for (const file of server?.logFiles() ?? []) {
    const name = path.relative(server?.profile ?? '', file).replaceAll(path.sep, '_');
    fs.copyFileSync(file, path.join(suite.artifacts, name));
  }
  // The page may have crashed: a missing picture must not hide the reason.
  await page?.screenshot({ path: path.join(suite.artifacts, 'window.png') }).catch((error: unknown) => {
    console.error(`no screenshot: ${String(error)}`);
  });
  console.error(`logs and screenshot: ${suite.artifacts}`);
}
