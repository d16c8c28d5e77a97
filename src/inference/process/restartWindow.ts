// Decides whether a crashed child may start again: a growing back-off, and a stop when crashes come too thick.
import type { Timings } from './timings';

export type RestartVerdict =
  { readonly stop: false; readonly delayMs: number } | { readonly stop: true; readonly crashes: number };

/**
 * Sliding window as in vscode-languageserver-node (client.ts, DefaultErrorHandler): the fifth crash within three minutes
 * stops. A crash whose cause is a document that is given up does not count, nor do those before it, for they are explained;
 * unless nothing has gone through in between: then the documents are not what is wrong. A stop holds for one window, or until
 * `reset`.
 */
export class RestartWindow {
  private unexplained: number[] = [];
  /** All crashes since a document last went through. */
  private sinceSuccess: number[] = [];
  private stoppedAt: number | null = null;

  constructor(
    private readonly timings: Pick<Timings, 'backOffMs' | 'crashLimit' | 'crashWindowMs'>,
    /** Milliseconds of a clock that never goes back. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Counts a crash.
   * @param explained A document caused it, and is not tried again.
   */
  crash(explained = false): RestartVerdict {
    const now = this.now();
    const recent = (times: readonly number[]): number[] =>
      [...times, now].filter((time) => now - time < this.timings.crashWindowMs);
    this.unexplained = explained ? [] : recent(this.unexplained);
    this.sinceSuccess = recent(this.sinceSuccess);
    const length = Math.max(this.unexplained.length, this.sinceSuccess.length);
    if (length >= this.timings.crashLimit) {
      this.stoppedAt = now;
      return { stop: true, crashes: length };
    }
    const { backOffMs } = this.timings;
    return { stop: false, delayMs: backOffMs[Math.min(length, backOffMs.length) - 1] ?? 0 };
  }

  /** A document went through the model. */
  succeeded(): void {
    this.sinceSuccess = [];
  }

  isStopped(): boolean {
    if (this.stoppedAt !== null && this.now() - this.stoppedAt >= this.timings.crashWindowMs) this.reset();
    return this.stoppedAt !== null;
  }

  reset(): void {
    this.unexplained = [];
    this.sinceSuccess = [];
    this.stoppedAt = null;
  }
}
