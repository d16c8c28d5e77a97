// What the child writes to stdout and stderr, line by line into the log: bounded, and free of document text.
import { StringDecoder } from 'node:string_decoder';
import type { Log } from '../../shared/childMessages';
import type { TextGuard } from './textGuard';

/** Lines of one child that reach the log; a child in trouble may write without end. */
const maxLines = 200;

/** A line without an end is taken as it is from this length on, UTF-16 units. */
const maxPending = 10_000;

export class OutputLog {
  private readonly decoder = new StringDecoder('utf8');
  private pending = '';
  private lines = 0;
  /** The last lines, for the message about a crash. */
  private lastLine: string | null = null;

  constructor(
    private readonly stream: 'stdout' | 'stderr',
    private readonly log: Log,
    private readonly guard: TextGuard,
  ) {}

  /** The last line that was not empty, already cleaned. */
  get last(): string | null {
    return this.lastLine;
  }

  write(bytes: Uint8Array): void {
    const lines = (this.pending + this.decoder.write(Buffer.from(bytes))).split(/\r?\n/);
    this.pending = lines.pop() ?? '';
    if (this.pending.length > maxPending) {
      lines.push(this.pending);
      this.pending = '';
    }
    for (const line of lines) this.add(line);
  }

  /** The stream has ended: the rest is a line too. */
  end(): void {
    this.add(this.pending + this.decoder.end());
    this.pending = '';
  }

  private add(line: string): void {
    if (line.trim() === '' || this.lines > maxLines) return;
    this.lines += 1;
    const more = this.lines > maxLines;
    this.lastLine = this.guard.clean(line);
    this.log(
      'debug',
      more ? `child ${this.stream}: more lines are left out` : `child ${this.stream}: ${this.lastLine}`,
    );
  }
}
