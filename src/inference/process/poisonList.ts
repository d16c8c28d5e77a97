// Remembers which documents were at work when the child died: one that was there twice is not tried again.

/** Most documents remembered; the oldest suspects go first. */
const capacity = 10_000;

/** Deaths that a document may be part of before it counts as their cause. */
const deathsOfPoison = 2;

export class PoisonList {
  private readonly deaths = new Map<string, number>();

  /** True when nothing is remembered, so that keys need not be computed. */
  get isEmpty(): boolean {
    return this.deaths.size === 0;
  }

  /** Counts a death with this document at work. Returns whether the document is now poison. */
  blame(key: string): boolean {
    const count = (this.deaths.get(key) ?? 0) + 1;
    this.deaths.delete(key);
    this.deaths.set(key, count);
    if (this.deaths.size > capacity) {
      const [oldest] = this.deaths.keys();
      if (oldest !== undefined) this.deaths.delete(oldest);
    }
    return count >= deathsOfPoison;
  }

  isPoison(key: string): boolean {
    return (this.deaths.get(key) ?? 0) >= deathsOfPoison;
  }

  /** The document went through: its earlier death had another cause. */
  clear(key: string): void {
    this.deaths.delete(key);
  }

  reset(): void {
    this.deaths.clear();
  }
}
