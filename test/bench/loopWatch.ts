// How long the event loop stands still.

/**
 * The longest stops of the event loop. Time on the clock counts also what other programs took from this one; processor time of
 * the thread counts only its own work, and time on the clock less that is waiting: for the disk, or for the processor.
 */
export class LoopWatch {
  clockMs = 0;
  workMs = 0;
  private lastMs = performance.now();
  private lastCpu = process.threadCpuUsage();
  private readonly timer = setInterval(() => {
    const nowMs = performance.now();
    const { user, system } = process.threadCpuUsage(this.lastCpu);
    this.clockMs = Math.max(this.clockMs, nowMs - this.lastMs);
    this.workMs = Math.max(this.workMs, (user + system) / 1000);
    this.lastMs = nowMs;
    this.lastCpu = process.threadCpuUsage();
  }, 1);

  end(): void {
    clearInterval(this.timer);
  }
}
