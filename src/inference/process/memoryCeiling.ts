// When a child has grown too large: above the ceiling, unless its model needs that much by itself.

/** A child is replaced only where the next one would be this much smaller: else replacing would never end. */
const headroom = 1.5;

export class MemoryCeiling {
  private limit: number;
  private hasWorked = false;

  /** @param ceilingBytes Resident memory. */
  constructor(private readonly ceilingBytes: number) {
    this.limit = ceilingBytes;
  }

  /** Another child starts. */
  restarted(): void {
    this.limit = this.ceilingBytes;
    this.hasWorked = false;
  }

  /** The model is loaded: what it takes now, any child takes. */
  loaded(rssBytes: number): void {
    this.limit = Math.max(this.limit, headroom * rssBytes);
  }

  /** Whether the child is to be replaced, now that it has answered a request with its model. */
  isExceeded(rssBytes: number): boolean {
    // Lanes start with the first work, each with its own copy of the weights: they are part of what the model needs.
    if (!this.hasWorked) this.loaded(rssBytes);
    this.hasWorked = true;
    return rssBytes > this.limit;
  }
}
