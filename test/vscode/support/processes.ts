// Which processes the extension host has started (Linux and macOS).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

export interface ChildProcess {
  readonly pid: number;
  readonly command: string;
}

/** Inference children of this extension host. */
export function inferenceChildren(): ChildProcess[] {
  return children().filter(({ command }) => command.includes('worker.js'));
}

function children(): ChildProcess[] {
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  return all.filter(({ parent }) => parent === process.pid);
}

function fromProc(): (ChildProcess & { parent: number })[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended while it was looked at.
        return [];
      }
    });
}

function fromPs(): (ChildProcess & { parent: number })[] {
  const lines = execFileSync('ps', ['-axo', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
