// How much goes into one message: small enough for quick turns and bounded memory, large enough to fill the model's batches.

/** Before anything was measured. */
const firstCharacters = 32_000;
const minCharacters = 16_000;
const maxCharacters = 512_000;

/** Documents of one message; also bounds what a crash makes suspect. */
export const maxMessageDocuments = 512;

/** Weight of the newest measurement. */
const smoothing = 0.3;

/**
 * Sizes messages by the speed measured so far. "Characters" are UTF-16 units of text, or for kept vectors an
 * equivalent by size.
 */
export class MessageSize {
  /** Characters per millisecond; null before the first measurement. */
  private speed: number | null = null;

  constructor(private readonly targetMs: number) {}

  get characters(): number {
    if (this.speed === null) return firstCharacters;
    return Math.round(Math.min(maxCharacters, Math.max(minCharacters, this.speed * this.targetMs)));
  }

  /** A message of this size took so long at work. */
  measured(characters: number, elapsedMs: number): void {
    const speed = characters / Math.max(elapsedMs, 1);
    this.speed = this.speed === null ? speed : this.speed + smoothing * (speed - this.speed);
  }
}
