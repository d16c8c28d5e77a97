// Processor time of this process and of a child: what a piece of work costs, whatever else the machine does meanwhile.
import { readFileSync } from 'node:fs';

/** @param childPid Counted too, from Linux's /proc, in hundredths. */
export function processorSeconds(childPid?: number): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + (childPid === undefined ? 0 : secondsOf(childPid));
}

function secondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
