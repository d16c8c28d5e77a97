// A progress bar on stderr: only on a terminal, gone when done, so that output can be piped.
import { Presets, SingleBar } from 'cli-progress';

export class ProgressLine {
  private readonly bar: SingleBar | null;

  constructor(unit: string, total: number) {
    this.bar = process.stderr.isTTY
      ? new SingleBar(
          {
            format: `{bar} {value} of {total} ${unit}, {eta_formatted} left`,
            clearOnComplete: true,
            hideCursor: true,
            stream: process.stderr,
          },
          Presets.shades_classic,
        )
      : null;
    this.bar?.start(total, 0);
  }

  update(done: number, total?: number): void {
    if (total !== undefined) this.bar?.setTotal(total);
    this.bar?.update(done);
  }

  end(): void {
    this.bar?.stop();
  }
}
