// Gathers what a file watcher tells, so that what happens together is looked at together: a checkout of 5,000 files once.
// Free of `vscode`.

/** Quiet for so long: nothing more comes for now. */
const quietMs = 800;
/** Something that never is quiet must not hold all else up. */
const longestMs = 20_000;
/** Looking at so many paths one by one costs about as much as looking at everything. */
const maxPaths = 100;

export class PathGatherer {
  private paths = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sinceMs = 0;

  /** `look` gets the paths that something happened to; null where they are too many: all has to be looked at. */
  constructor(private readonly look: (paths: ReadonlySet<string> | null) => void) {}

  add(path: string): void {
    // One more than are looked at one by one is enough to know that.
    if (this.paths.size <= maxPaths) this.paths.add(path);
    const nowMs = Date.now();
    if (this.timer === null) this.sinceMs = nowMs;
    else clearTimeout(this.timer);
    const waitMs = Math.min(quietMs, Math.max(0, this.sinceMs + longestMs - nowMs));
    this.timer = setTimeout(() => {
      this.flush();
    }, waitMs);
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private flush(): void {
    const { paths } = this;
    this.paths = new Set();
    this.timer = null;
    this.look(paths.size > maxPaths ? null : paths);
  }
}
