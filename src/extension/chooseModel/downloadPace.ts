// How fast a download is, over its last seconds: what was there before it began says nothing of that. Free of `vscode`.

/** A shorter time says too little, a longer one remembers a network that is gone. */
const windowMs = 8_000;
const fewestMs = 1_000;

export class DownloadPace {
  private readonly seen: { readonly atMs: number; readonly bytes: number }[] = [];

  /** Seconds that the rest will take; null as long as that cannot be said. `doneBytes` and `totalBytes`: of the whole, what was there included. */
  secondsLeft(doneBytes: number, totalBytes: number, nowMs: number): number | null {
    const { seen } = this;
    seen.push({ atMs: nowMs, bytes: doneBytes });
    while (seen.length > 2 && nowMs - (seen[1]?.atMs ?? nowMs) >= windowMs) seen.shift();
    const [first] = seen;
    const ms = nowMs - (first?.atMs ?? nowMs);
    const bytes = doneBytes - (first?.bytes ?? doneBytes);
    return ms < fewestMs || bytes <= 0 ? null : ((totalBytes - doneBytes) * ms) / bytes / 1000;
  }
}
