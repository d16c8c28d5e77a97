// Remembers what is costly to make and asked for again and again; the least recently used is forgotten.
export class RecentCache<V> {
  private readonly kept = new Map<string, Promise<V>>();

  /** @param capacity Values kept at most. */
  constructor(
    private readonly capacity: number,
    private readonly make: (key: string) => Promise<V>,
  ) {}

  /** The value of a key; made once, also when asked for again meanwhile. A failure is not kept. */
  async get(key: string): Promise<V> {
    const known = this.kept.get(key);
    // Taken out and put back: a Map keeps the order of insertion, so the first key is the least recently used.
    this.kept.delete(key);
    const value = known ?? this.make(key);
    this.kept.set(key, value);
    if (!known)
      value.catch(() => {
        if (this.kept.get(key) === value) this.kept.delete(key);
      });
    if (this.kept.size > this.capacity) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    return value;
  }

  /** Values of several keys, in order. */
  getAll(keys: readonly string[]): Promise<V[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }
}
