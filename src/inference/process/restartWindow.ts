// Decides whether a crashed child may start again: a growing back-off, and a stop when crashes come too thick.
import type { Timings } from './timings';

export type RestartVerdict =
  { readonly stop: false; readonly delayMs: number } | { readonly stop: true; readonly crashes: number };

/**
 * Sliding window as in vscode-languageserver-node (client.ts, DefaultErrorHandler): the fifth crash within three minutes
 * stops. A stop holds for one window, or until `reset`.
 */
export class RestartWindow {
  private crashes: number[] = [];
  private stoppedAt: number | null = null;

  constructor(
    private readonly timings: Pick<Timings, 'backOffMs' | 'crashLimit' | 'crashWindowMs'>,
    /** Milliseconds of a clock that never goes back. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts a crash. */
  crash(): RestartVerdict {
    const now = this.now();
    this.crashes = this.crashes.filter((time) => now - time < this.timings.crashWindowMs);
    this.crashes.push(now);
    const { length } = this.crashes;
    if (length >= this.timings.crashLimit) {
      this.stoppedAt = now;
      return { stop: true, crashes: length };
    }
    const { backOffMs } = this.timings;
    return { stop: false, delayMs: backOffMs[Math.min(length, backOffMs.length) - 1] ?? 0 };
  }

  isStopped(): boolean {
    if (this.stoppedAt !== null && this.now() - this.stoppedAt >= this.timings.crashWindowMs) this.reset();
    return this.stoppedAt !== null;
  }

  reset(): void {
    this.crashes = [];
    this.stoppedAt = null;
  }
}
