// A timer of which at most one runs.
export class OneTimer {
  private timer: NodeJS.Timeout | null = null;

  get isRunning(): boolean {
    return this.timer !== null;
  }

  /** Without effect while it runs. */
  start(ms: number, run: () => void): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      run();
    }, ms);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
