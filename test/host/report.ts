// The files between a runner and the tests inside VS Code, and what a developer sees of them.
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './locations';
import { environment } from './mochaEntry';
import type { Suite } from './verdict';

/** Report and totals of one run, in a folder of its own. */
export class RunFiles {
  readonly folder = temporaryFolder('run');
  readonly report = path.join(this.folder, 'report.txt');
  readonly stats: string;

  /** `stats` names the file for Mocha's totals where the caller wants to read it. */
  constructor(stats?: string) {
    this.stats = stats ?? path.join(this.folder, 'stats.json');
    fs.writeFileSync(this.report, '');
  }

  /** Environment that tells mochaEntry of them. */
  environment({ env = {}, timeoutMs }: Suite): Record<string, string> {
    return {
      ...env,
      [environment.report]: this.report,
      [environment.stats]: this.stats,
      [environment.timeout]: String(timeoutMs),
    };
  }

  /** Prints Mocha's report and removes the folder. */
  finish(): void {
    process.stdout.write(fs.readFileSync(this.report, 'utf8'));
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Lines that every offline run logs; they only hide the one that matters. */
const noise =
  /AgentHost|ChatModel|\[TRACE\]|DEP0169|trace-deprecation|open-vsx|Gallery|Service Worker|AccountPolicyGate|reconnection-grace|vsda/;

/** Last lines of a log without the usual noise. */
export function endOfLog(log: string, lines = 40): string {
  const wanted = log.split('\n').filter((line) => line.trim() !== '' && !noise.test(line));
  return wanted.slice(-lines).join('\n');
}
