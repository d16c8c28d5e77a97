// A progress bar on stderr: only on a terminal, gone when done, so that output can be piped.
import { Presets, SingleBar } from 'cli-progress';

export class ProgressLine {
  private readonly bar: SingleBar | null;

  /** `tail`: what stands behind the numbers; names in braces are cli-progress's own, or those of `update`'s words. */
  constructor(unit: string, total: number, tail = '{eta_formatted} left') {
    this.bar = process.stderr.isTTY
      ? new SingleBar(
          {
            format: `{bar} {value} of {total} ${unit}, ${tail}`,
            clearOnComplete: true,
            hideCursor: true,
            stream: process.stderr,
          },
          Presets.shades_classic,
        )
      : null;
    this.bar?.start(total, 0);
  }

  /** False where there is no terminal. */
  get isShown(): boolean {
    return this.bar !== null;
  }

  update(done: number, total?: number, words: Readonly<Record<string, string>> = {}): void {
    if (total !== undefined) this.bar?.setTotal(total);
    this.bar?.update(done, words);
  }

  end(): void {
    this.bar?.stop();
  }
}
