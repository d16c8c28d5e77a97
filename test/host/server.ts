// Starts VS Code's own server in a throw-away profile, and ends it with all that it started.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureServer, type ServerInstallation } from './installServer';
import { temporaryFolder } from './locations';
import { endRun, MARK } from './processes';
import { quietSettings, type Settings } from './settings';

const listening = /Extension host agent listening on (\d+)/;

export interface ServerOptions {
  /** Added to the environment; the extension host inherits it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the quiet user settings. */
  readonly settings?: Settings;
  /** Settings of the machine that the server runs on: VS Code takes those of scope `machine` from nowhere else. */
  readonly machineSettings?: Settings;
  /** Profile folder that stays after the end; a throw-away one where absent. */
  readonly profile?: string;
  /** Where installed extensions live; an empty folder of this run where absent. */
  readonly extensionsDir?: string;
  /** Keeps Workspace Trust on, so that folders open in Restricted Mode. */
  readonly workspaceTrust?: boolean;
  readonly startTimeoutMs?: number;
}

/** What the window of an address shows and loads. */
export interface WindowOptions {
  /** Folder or .code-workspace file; null for a window without a folder. */
  readonly workspace: string | null;
  readonly extensionDevelopmentPath?: string | readonly string[];
  readonly extensionTestsPath?: string;
}

/** The authority must literally be "remote": the web workbench connects to its own origin whatever the name. */
const remoteUri = (file: string): string => `vscode-remote://remote${path.resolve(file)}`;

export class VsCodeServer {
  readonly #log: string[] = [];
  readonly #mark = randomUUID();
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(
    readonly installation: ServerInstallation,
    /** Settings, storage, logs, sockets. */
    readonly profile: string,
    private readonly keepsProfile: boolean,
    /** By folder of the profile. */
    private readonly settings: Readonly<Partial<Record<'User' | 'Machine', Settings>>>,
  ) {}

  static async start(options: ServerOptions = {}): Promise<VsCodeServer> {
    const { profile = temporaryFolder('profile'), settings = {}, machineSettings } = options;
    // What a window of a kept profile wrote for the machine stays.
    const ofMachine = machineSettings ? { Machine: machineSettings } : {};
    const written = { User: { ...quietSettings, ...settings }, ...ofMachine };
    const server = new VsCodeServer(ensureServer(), profile, options.profile !== undefined, written);
    try {
      server.writeSettings();
      await server.launch(options);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private writeSettings(): void {
    for (const [name, settings] of Object.entries(this.settings)) {
      const folder = path.join(this.profile, 'data', name);
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
    }
  }

  private async launch({ env = {}, extensionsDir, workspaceTrust = false, startTimeoutMs = 60_000 }: ServerOptions) {
    const args = [
      path.join(this.installation.vscode, 'out/server-main.js'),
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        this.lastPort(),
        '--without-connection-token',
        '--accept-server-license-terms',
      ],
      ...['--enable-smoke-test-driver', '--telemetry-level', 'off', '--server-data-dir', this.profile],
      ...['--extensions-dir', extensionsDir ?? path.join(this.profile, 'extensions')],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ];
    const child = spawn(this.installation.node, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      // XDG_RUNTIME_DIR: VS Code's sockets go into the profile, not into /tmp, where SIGKILL would leave them.
      env: { ...process.env, XDG_RUNTIME_DIR: this.profile, ...env, [MARK]: this.#mark },
    });
    this.#child = child;
    this.#port = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`VS Code's server did not start in ${startTimeoutMs} ms\n${this.log()}`));
      }, startTimeoutMs);
      const onData = (data: Buffer) => {
        this.append(data.toString());
        const port = listening.exec(this.log())?.[1];
        if (port === undefined) return;
        clearTimeout(timer);
        resolve(Number(port));
      };
      child.stdout.on('data', onData);
      child.stderr.on('data', onData);
      const fail = (why: string) => {
        clearTimeout(timer);
        reject(new Error(`VS Code's server ended: ${why}\n${this.log()}`));
      };
      child.once('error', (error) => {
        fail(error.message);
      });
      child.once('exit', (code, signal) => {
        fail(String(code ?? signal));
      });
    });
    fs.writeFileSync(path.join(this.profile, 'port'), String(this.#port));
  }

  /** The page's address is part of a workspace's identity: a later window of a kept profile needs the earlier one's port. */
  private lastPort(): string {
    const file = path.join(this.profile, 'port');
    return this.keepsProfile && fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '0';
  }

  /** Pid of the server, which leads the run's process group. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get mark(): string {
    return this.#mark;
  }

  log(): string {
    return this.#log.join('');
  }

  append(text: string): void {
    this.#log.push(text);
  }

  /** Log files that VS Code wrote in this run (extension host, output channels). */
  logFiles(): string[] {
    const folder = path.join(this.profile, 'data/logs');
    if (!fs.existsSync(folder)) return [];
    const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.map((name) => path.join(folder, name)).filter((file) => fs.statSync(file).isFile());
  }

  /** Address of a workbench. */
  url({ workspace, extensionDevelopmentPath = [], extensionTestsPath }: WindowOptions): string {
    const extensions = [extensionDevelopmentPath].flat();
    const payload = extensions.map((folder) => ['extensionDevelopmentPath', remoteUri(folder)]);
    if (extensionTestsPath !== undefined) payload.push(['extensionTestsPath', remoteUri(extensionTestsPath)]);
    const query = new URLSearchParams();
    if (workspace === null) query.set('ew', 'true');
    else query.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', path.resolve(workspace));
    if (payload.length > 0) query.set('payload', JSON.stringify(payload));
    return `http://127.0.0.1:${this.#port}/?${query.toString()}`;
  }

  /** Ends the whole tree and removes the profile. Returns the processes that did not end by themselves. */
  async stop(): Promise<string[]> {
    const leader = this.#child?.pid;
    const killed = leader === undefined ? [] : await endRun(leader, this.#mark);
    if (!this.keepsProfile) fs.rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    return killed;
  }
}

/** Installs a .vsix file into extensionsDir, as `code --install-extension FILE` does. */
export async function installVsix(vsix: string, extensionsDir: string): Promise<void> {
  const installation = ensureServer();
  const data = temporaryFolder('install');
  const args = [
    path.join(installation.vscode, 'out/server-main.js'),
    ...['--accept-server-license-terms', '--server-data-dir', data, '--extensions-dir', extensionsDir],
    ...['--install-extension', path.resolve(vsix), '--force'],
  ];
  try {
    const { stdout, stderr } = await promisify(execFile)(installation.node, args, { timeout: 120_000 });
    if (!stdout.includes('successfully installed')) throw new Error(`Installing ${vsix} failed:\n${stdout}${stderr}`);
  } finally {
    fs.rmSync(data, { recursive: true, force: true });
  }
}
