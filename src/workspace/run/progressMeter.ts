// Counts what a run did, and from the last seconds how fast it goes and how long it will take.
import type { ModelChange, RunProgress, RunState, RunStats } from '../types';

/** The rate is that of this window: long enough to be steady, short enough to follow a change from reused to new documents. */
const windowMs = 10_000;
/** Before this, a rate is a guess that would jump. */
const firstRateMs = 1_000;
const sampleEveryMs = 250;

export class ProgressMeter {
  readonly stats = { classified: 0, reused: 0, relabelled: 0, skipped: 0, failed: 0, removed: 0 };
  state: RunState = 'running';
  modelChange: ModelChange | null = null;
  /** Files found so far by the count. */
  total = 0;
  counted = false;
  private done = 0;
  private readonly unwritten = new Map<object, number>();
  private readonly samples: { readonly atMs: number; readonly done: number }[] = [];

  constructor(private readonly now: () => number) {
    this.samples.push({ atMs: now(), done: 0 });
  }

  /** Documents of a batch that are finished and not written yet: they move the bar and count in no other way. */
  underWay(batch: object, done: number): void {
    if (done === 0) this.unwritten.delete(batch);
    else this.unwritten.set(batch, done);
  }

  count(kind: keyof RunStats, files = 1): void {
    this.stats[kind] += files;
  }

  advance(files = 1): void {
    this.done += files;
    const atMs = this.now();
    if (atMs - (this.samples.at(-1)?.atMs ?? 0) < sampleEveryMs) return;
    this.samples.push({ atMs, done: this.done });
    while ((this.samples[1]?.atMs ?? Infinity) <= atMs - windowMs) this.samples.shift();
  }

  /** Time spent paused is not time spent working. */
  restartRate(): void {
    this.samples.splice(0, this.samples.length, { atMs: this.now(), done: this.done });
  }

  get progress(): RunProgress {
    const done = [...this.unwritten.values()].reduce((sum, batch) => sum + batch, this.done);
    const total = Math.max(this.total, done);
    const first = this.samples[0];
    const elapsedMs = first ? this.now() - first.atMs : 0;
    const rate = first && elapsedMs >= firstRateMs ? ((this.done - first.done) * 1000) / elapsedMs : 0;
    return {
      done,
      total,
      counted: this.counted,
      documentsPerSecond: rate,
      secondsLeft: rate > 0 && this.counted ? (total - done) / rate : null,
      state: this.state,
      stats: { ...this.stats },
      modelChange: this.modelChange,
    };
  }
}
