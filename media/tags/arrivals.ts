// Documents that came since the last frame: a fast run must not draw more often than the screen does.
import type { DocumentSummary } from '../../src/shared/viewMessages';

export class Arrivals {
  private waiting: DocumentSummary[] = [];
  private frame = 0;

  /** `take` gets all that came since it was called last. */
  constructor(private readonly take: (documents: readonly DocumentSummary[]) => void) {}

  add(documents: readonly DocumentSummary[]): void {
    this.waiting = this.waiting.concat(documents);
    this.frame ||= requestAnimationFrame(() => {
      this.flush();
    });
  }

  /** At once, because what comes now counts on it. */
  flush(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const documents = this.waiting;
    if (documents.length === 0) return;
    this.waiting = [];
    this.take(documents);
  }
}
