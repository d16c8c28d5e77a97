// Moves what a run wrote from the WAL into the index when it is long; one at a time, never waited for.
import type { RunWriter } from '../store/runWriter';
import type { TagStore } from '../store/tagStore';

/** Bytes in the WAL after which they are moved into the file. */
const checkpointBytes = 16 * 1024 * 1024;

export class WalTrimmer {
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly store: TagStore,
    private readonly writer: RunWriter,
    /** Failures stop nothing: the WAL only stays longer until the next time. */
    private readonly onWarning: (error: unknown) => void,
  ) {}

  trim(): void {
    if (this.underWay || this.writer.written < checkpointBytes) return;
    this.writer.written = 0;
    this.underWay = this.store
      .checkpoint()
      .catch(this.onWarning)
      .finally(() => {
        this.underWay = null;
      });
  }

  /** Nothing is under way in other threads. */
  async settled(): Promise<void> {
    await this.underWay;
  }
}
