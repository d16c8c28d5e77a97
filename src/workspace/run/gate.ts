// Pause, resume and cancel of a run, at the places where it asks.
import { AppError } from '../../shared/errors';
import type { CancelSignal } from '../../shared/classifier';

export class Gate {
  private readonly controller = new AbortController();
  private opened: Promise<void> = Promise.resolve();
  private open: (() => void) | null = null;

  constructor(private readonly outer: CancelSignal | undefined) {
    if (outer?.aborted) this.controller.abort();
    else outer?.addEventListener('abort', this.cancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get paused(): boolean {
    return this.open !== null;
  }

  get cancelled(): boolean {
    return this.controller.signal.aborted;
  }

  pause(): void {
    if (this.open !== null || this.cancelled) return;
    this.opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }

  resume(): void {
    this.open?.();
    this.open = null;
  }

  readonly cancel = (): void => {
    this.controller.abort();
    this.resume();
  };

  /** Waits while paused. Throws AppError `cancelled` when the run is to end. */
  async pass(): Promise<void> {
    if (this.paused) await this.opened;
    if (this.cancelled) throw new AppError('cancelled', 'The run was cancelled. What was done is kept.');
  }

  /** The run is over; the outer signal is let go. */
  close(): void {
    this.outer?.removeEventListener('abort', this.cancel);
  }
}
