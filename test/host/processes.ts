// Finds and ends every process of one run, also those that left its process group (Linux).
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Environment variable that carries the run's mark to everything it starts. */
export const MARK = 'GLITAG_TEST_RUN';

/** Processes with the mark in their environment, and those of the leader's group, whose environment may be reduced. */
export function pidsOfRun(mark: string, leader: number): number[] {
  const needle = `${MARK}=${mark}`;
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      if (pid === process.pid) return false;
      const stat = read(`/proc/${pid}/stat`);
      // Fields after the command, which may itself hold spaces and brackets: state, parent, group.
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === undefined || state === 'Z') return false;
      return Number(group) === leader || read(`/proc/${pid}/environ`).split('\0').includes(needle);
    });
}

export function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

/** A process may end while it is looked at: then there is nothing to read. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Polls until the condition holds; returns whether it did within the time. */
export async function until(condition: () => boolean, timeoutMs: number, stepMs = 50): Promise<boolean> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) return false;
    await sleep(stepMs);
  }
  return true;
}

/**
 * SIGTERM to the leader's group, then SIGKILL to whatever is left of the run.
 * @returns command lines of what had to be killed
 */
export async function endRun(leader: number, mark: string, graceMs = 5000): Promise<string[]> {
  signal(-leader, 'SIGTERM');
  await until(() => pidsOfRun(mark, leader).length === 0, graceMs);
  const left = pidsOfRun(mark, leader);
  const names = left.map((pid) => `${pid} ${commandLine(pid)}`);
  for (const pid of left) signal(pid, 'SIGKILL');
  await until(() => pidsOfRun(mark, leader).length === 0, 2000);
  return names;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}
