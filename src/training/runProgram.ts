// Runs a program to its end, line by line. The only file of this folder that starts processes.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { allowedEnvironment } from '../inference/process/childEnvironment';
import { cancelled } from '../inference/process/waiters';
import type { CancelSignal } from '../shared/classifier';

export interface ProgramOptions {
  readonly signal: CancelSignal;
  /** Added to what of this process's environment the program gets. */
  readonly env?: Readonly<Record<string, string>>;
  /** A line of standard output. What it throws ends the program, and is thrown. */
  readonly onLine?: (line: string) => void;
  /** A line of standard error. */
  readonly onErrorLine?: (line: string) => void;
}

export interface ProgramEnd {
  /** Null where it could not be started or was killed. */
  readonly exitCode: number | null;
  /** The last lines of standard error. */
  readonly lastErrors: readonly string[];
}

/** What Python and pip are told by their environment: where programs, settings, certificates, proxies and accelerators are. */
const passedOn = [
  ...['PATH', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CUDA_VISIBLE_DEVICES', 'CUDA_HOME', 'OMP_NUM_THREADS'],
  ...['CERT', 'CONFIG_FILE', 'DEFAULT_TIMEOUT', 'EXTRA_INDEX_URL', 'FIND_LINKS', 'INDEX_URL', 'NO_INDEX', 'PROXY'].map(
    (name) => `PIP_${name}`,
  ),
];

const keptErrorLines = 20;
const isWindows = process.platform === 'win32';

/**
 * Its standard input stays open until it ends, so that a program that reads it (attached.py) ends with this process. A cancellation
 * kills it with all that it started. Throws AppError cancelled once it is gone.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { signal, env = {}, onLine, onErrorLine }: ProgramOptions,
): Promise<ProgramEnd> {
  const isCancelled = () => signal.aborted;
  if (isCancelled()) throw cancelled();
  const child = spawn(program, args, {
    env: { ...allowedEnvironment(process.env, passedOn), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A process group of its own, so that all of it can be killed; Ctrl+C in a terminal is then this process's business alone.
    detached: !isWindows,
  });
  // A program that ended reads no more.
  child.stdin.on('error', () => undefined);
  const failures: unknown[] = [];
  const lastErrors: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    try {
      if (failures.length === 0) onLine?.(line);
    } catch (error) {
      failures.push(error);
      killAll(child);
    }
  });
  createInterface(child.stderr).on('line', (line) => {
    lastErrors.push(line);
    if (lastErrors.length > keptErrorLines) lastErrors.shift();
    onErrorLine?.(line);
  });
  const kill = () => {
    killAll(child);
  };
  signal.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  try {
    const exitCode = await ended(child);
    if (failures.length > 0) throw failures[0];
    if (isCancelled()) throw cancelled();
    return { exitCode, lastErrors };
  } finally {
    signal.removeEventListener('abort', kill);
    process.off('exit', kill);
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.on('error', () => {
      if (child.pid === undefined) resolve(null);
    });
    // After the last line, unlike `exit`.
    child.on('close', resolve);
  });
}

function killAll(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (isWindows) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended in between.
  }
}
