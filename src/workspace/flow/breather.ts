// Gives the event loop its turn in loops that would otherwise hold it: the extension host must never stand still.

/** Milliseconds of work after which the loop is left for one turn; far below what a person or a watchdog notices. */
const sliceMs = 8;

/** Awaited in a busy loop, it costs nothing until `sliceMs` have gone by, and then lets everything else run once. */
export class Breather {
  private last = performance.now();

  /** True when `pause` is due; saves a promise in hot loops. */
  get due(): boolean {
    return performance.now() - this.last >= sliceMs;
  }

  async pause(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.last = performance.now();
  }
}
