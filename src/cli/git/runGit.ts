// Runs Git. The only file that does: a repository may be a stranger's, so nothing that its settings name is started.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { allowedEnvironment } from '../../inference/process/childEnvironment';
import { AppError } from '../../shared/errors';
import { stoppedError } from '../tag/endedEarly';

export interface GitEnd {
  /** Null where it was killed. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Where Git finds the user's settings and itself. Variables of a hook (GIT_DIR, GIT_INDEX_FILE) are about one repository, not about the folder asked for. */
const passedOn = ['PATH', 'PATHEXT', 'APPDATA', 'PROGRAMDATA', 'HOMEDRIVE', 'HOMEPATH', 'XDG_CONFIG_HOME', 'SUDO_UID'];

const fixed = {
  // Messages are looked into.
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  // Objects that a partial clone lacks are not fetched: the remote is the repository's word.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
};

const harmless = [
  '--no-pager',
  '--literal-pathspecs',
  ...['core.fsmonitor=false', `core.hooksPath=${os.devNull}`].flatMap((setting) => ['-c', setting]),
];

export interface GitPlace {
  readonly folder: string;
  /** Settings (`name=value`) that are stronger than the repository's. */
  readonly settings: readonly string[];
  readonly signal: AbortSignal;
}

/** `args`: a command that starts no program of the repository once `settings` disarm its filters and hooks. Throws AppError input-invalid without Git, and cancelled. */
export async function runGit(args: readonly string[], { folder, settings, signal }: GitPlace): Promise<GitEnd> {
  // An abort of before is not told again.
  endIfStopped(signal);
  const own = settings.flatMap((setting) => ['-c', setting]);
  const child = spawn(gitProgram(), [...harmless, ...own, ...args], {
    cwd: folder,
    env: { ...allowedEnvironment(process.env, [...passedOn, ...configVariables()]), ...fixed },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => output.push(data));
  child.stderr.on('data', (data: Buffer) => errors.push(data));
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    endIfStopped(signal);
    return { exitCode, output: textOf(output), errors: textOf(errors) };
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

function endIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw stoppedError();
}

/** By its whole path: a program of that name in the folder at hand, which Windows would take first, is not it. */
function gitProgram(): string {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const program = folders.map((folder) => path.join(folder, name)).find(isFile);
  if (program !== undefined) return program;
  throw new AppError(
    'input-invalid',
    '--changed-since asks Git, and there is no git on the PATH. Install Git, or leave out --changed-since.',
  );
}

/** A folder of that name on the PATH is no program. */
function isFile(place: string): boolean {
  return fs.statSync(place, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Settings that the user gives by the environment, such as the safe.directory of a container. */
function configVariables(): string[] {
  return Object.keys(process.env).filter((name) =>
    /^GIT_CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)$/u.test(name),
  );
}

function textOf(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString();
}
