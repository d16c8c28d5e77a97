// Remembers what is costly to make and asked for again and again; the least recently used is forgotten.
export class RecentCache<V> {
  private readonly kept = new Map<string, V>();

  /** @param capacity Values kept at most. */
  constructor(private readonly capacity: number) {}

  get(key: string): V | undefined {
    const value = this.kept.get(key);
    if (value === undefined) return undefined;
    // Taken out and put back: a Map keeps the order of insertion, so the first key is the least recently used.
    this.kept.delete(key);
    this.kept.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.kept.delete(key);
    this.kept.set(key, value);
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.capacity && oldest !== undefined) this.kept.delete(oldest);
  }
}
