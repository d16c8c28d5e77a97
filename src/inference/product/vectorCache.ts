// Vectors of texts that are asked for again and again (labels, examples): encoded once, the least used forgotten.
export class VectorCache {
  private readonly kept = new Map<string, Promise<Float32Array>>();

  constructor(
    private readonly capacity: number,
    private readonly encode: (text: string) => Promise<Float32Array>,
  ) {}

  /** One vector a text, in order. What is missing is encoded at the same time. A failure is not kept. */
  async get(texts: readonly string[]): Promise<Float32Array[]> {
    return Promise.all(texts.map((text) => this.one(text)));
  }

  private one(text: string): Promise<Float32Array> {
    const known = this.kept.get(text);
    // Taken out and put back: a Map keeps the order of insertion, so the first key is the least recently used.
    this.kept.delete(text);
    const vector = known ?? this.encode(text);
    this.kept.set(text, vector);
    if (!known)
      vector.catch(() => {
        this.kept.delete(text);
      });
    if (this.kept.size > this.capacity) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    return vector;
  }
}
