// `glitag train` in a process of its own, stopped at a moment, and what it leaves.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { repository } from './toyBase';

/** The folder of the run for a model at `out`. */
export const runOf = (out: string) => `${out}.training`;

/** Sends the signal once `isTime`, and waits for the command's end. Returns what it said on stderr. Fails where it ends before. */
export async function stopped(
  words: readonly string[],
  signal: NodeJS.Signals,
  isTime: () => boolean,
): Promise<string> {
  const child = spawn(process.execPath, [path.join(repository, 'dist/cli.js'), ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const closed = once(child, 'close');
  while (!isTime() && child.exitCode === null) await wait(20);
  expect(child.exitCode, said).toBeNull();
  child.kill(signal);
  await closed;
  return said;
}

/** Fails where processes of the run are still there after some seconds: Python ends with the one that started it. */
export async function expectNoProcess(out: string): Promise<void> {
  for (let tries = 0; processesOf(out).length > 0 && tries < 250; tries++) await wait(20);
  expect(processesOf(out)).toEqual([]);
}

/** By their command lines. */
export function processesOf(out: string): string[] {
  const all = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' }).split('\n');
  return all.filter((line) => line.includes(runOf(out)) && !line.startsWith('ps '));
}
