// Puts VS Code's own server into the cache: from the npm package code-server, nothing compiled. Linux x64.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureChromium } from './chromium';
import { cacheFolder, pinnedNode, repositoryRoot } from './locations';

const version = '4.139.1';
const integrity = 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/** Parts that need native modules, accounts or a network, and that no test uses. */
const leftOut = ['copilot', 'mermaid-markdown-features', 'git', 'github', 'microsoft-authentication'];

export interface ServerInstallation {
  /** Node binary that runs the server. */
  readonly node: string;
  /** Folder that holds out/server-main.js. */
  readonly vscode: string;
  readonly chromium: string;
}

export interface InstallOptions {
  readonly cache?: string;
  readonly log?: (line: string) => void;
  /** Digest that the download must have; another one only in tests. */
  readonly expectedIntegrity?: string;
}

/** Installs what is missing. Repeatable; an interrupted installation leaves no half-made folder under the final name. */
export function ensureServer(options: InstallOptions = {}): ServerInstallation {
  const { cache = cacheFolder(), log = console.log, expectedIntegrity = integrity } = options;
  const platform = `${process.platform} ${process.arch}`;
  if (platform !== 'linux x64')
    throw new Error(
      `VS Code's server is only set up for linux x64, this is ${platform}: name a VS Code in VSCODE_PATH.`,
    );
  const chromium = ensureChromium(log);
  const folder = path.join(cache, `${version}-${filesHash()}`);
  const vscode = path.join(folder, 'vscode');
  if (!fs.existsSync(path.join(vscode, 'out/server-main.js'))) {
    log(`installing VS Code's server (code-server ${version}) into ${folder}`);
    fs.mkdirSync(cache, { recursive: true });
    const scratch = fs.mkdtempSync(path.join(cache, '.new-'));
    try {
      unpack(scratch, expectedIntegrity);
      addModules(scratch);
      step('starting the VS Code server', pinnedNode(), ['vscode/out/server-main.js', '--version'], scratch);
      fs.rmSync(folder, { recursive: true, force: true });
      fs.renameSync(scratch, folder);
    } finally {
      fs.rmSync(scratch, { recursive: true, force: true });
    }
  }
  return { node: pinnedNode(), vscode, chromium };
}

const serverFiles = () => path.join(repositoryRoot(), 'test/host/server');

/** Changes whenever what would be installed changes. */
function filesHash(): string {
  const hash = createHash('sha256').update(integrity).update(leftOut.join());
  const names = fs.readdirSync(serverFiles(), { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names) {
    const file = path.join(serverFiles(), name);
    if (fs.statSync(file).isFile()) hash.update(name).update(fs.readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

function unpack(scratch: string, expectedIntegrity: string): void {
  const fetched = step(
    `fetching code-server ${version} from npm`,
    'npm',
    ['pack', '--silent', `code-server@${version}`],
    scratch,
  );
  const tarball = path.join(scratch, fetched.trim().split('\n').at(-1) ?? '');
  const digest = `sha512-${createHash('sha512').update(fs.readFileSync(tarball)).digest('base64')}`;
  if (digest !== expectedIntegrity)
    throw new Error(`code-server ${version} has the digest ${digest}, expected ${expectedIntegrity}: not installed.`);
  const excludes = leftOut.map((name) => `--exclude=package/lib/vscode/extensions/${name}`);
  step('unpacking code-server', 'tar', ['-xzf', tarball, ...excludes, 'package/lib/vscode'], scratch);
  fs.renameSync(path.join(scratch, 'package/lib/vscode'), path.join(scratch, 'vscode'));
  fs.rmSync(path.join(scratch, 'package'), { recursive: true });
  fs.rmSync(tarball);
}

function addModules(scratch: string): void {
  const vscode = path.join(scratch, 'vscode');
  const modules = path.join(scratch, 'modules');
  fs.mkdirSync(modules);
  for (const name of ['package.json', 'package-lock.json'])
    fs.copyFileSync(path.join(serverFiles(), name), path.join(modules, name));
  // Not code-server's own npm-shrinkwrap.json: npm 11 refuses it as out of step with its package.json.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  step("installing the server's modules", 'npm', args, modules);
  const installed = path.join(modules, 'node_modules');
  fs.cpSync(path.join(serverFiles(), 'shims'), installed, { recursive: true });
  fs.renameSync(installed, path.join(vscode, 'node_modules'));
  fs.rmSync(modules, { recursive: true });
}

/** Runs one program; a failure is one line that says which step it was, and its last words. */
function step(what: string, program: string, args: readonly string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    const words = (stderr.trim() || message).split('\n').slice(-3).join(' ');
    throw new Error(`VS Code's server could not be installed: ${what} failed: ${words}`, { cause: error });
  }
}
