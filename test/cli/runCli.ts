// Runs the built dist/cli.js as a user would: its own process, from any folder.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '../..');
export const documents = path.join(repository, 'test/fixtures/documents');
export const labels = path.join(repository, 'test/fixtures/labels.json');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Processes that it started. */
  readonly spawns: number;
}

export interface CliOptions {
  /** stdout is closed at its first bytes, as `head` does. */
  readonly closeOutput?: boolean;
  /** Besides this process's own; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What standard input gives; nothing where absent. */
  readonly input?: string;
  /** Standard input stays open, and Ctrl+C comes with the first words on stderr. */
  readonly interrupt?: boolean;
  /** Kills the process. */
  readonly kill?: AbortSignal;
}

export function runCli(
  args: readonly string[],
  cwd: string,
  { closeOutput = false, env = {}, input, interrupt = false, kill }: CliOptions = {},
): Promise<CliResult> {
  const spawns = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-spawns-')), 'spawns.txt');
  const hook = path.join(import.meta.dirname, 'fixtures/noteSpawns.cjs');
  fs.writeFileSync(spawns, '');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--require', hook, path.join(repository, 'dist/cli.js'), ...args], {
      cwd,
      env: { ...process.env, ...env, GLITAG_TEST_SPAWNS: spawns },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    if (interrupt) child.stdin.write(input ?? '');
    else child.stdin.end(input ?? '');
    if (interrupt) child.stderr.once('data', () => child.kill('SIGINT'));
    kill?.addEventListener('abort', () => child.kill('SIGKILL'));
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      if (closeOutput) child.stdout.destroy();
    });
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      const started = fs.readFileSync(spawns, 'utf8').split('\n').length - 1;
      fs.rmSync(path.dirname(spawns), { recursive: true });
      resolve({ code, stdout, stderr, spawns: started });
    });
  });
}
