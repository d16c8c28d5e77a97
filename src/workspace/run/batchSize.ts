// How many documents go to the classifier in one call, and how many calls are under way.

/** The child computes one batch while the next waits at its door. */
export const batchesUnderWay = 2;
/** Documents of the first batch; each is twice as large as the last, so that first tags show soon and long runs pack well. */
const firstBatch = 8;
/** Among so many sentences enough have like lengths to share passes. */
const largestBatch = 512;
/** A few seconds of work: bounds how long tags take to show, and what a kill loses. */
const batchCharacters = 96_000;

export class BatchSize {
  private documents = firstBatch;

  /** Whether a batch of so many documents, with so many characters in all, is to go. */
  isFull(documents: number, characters: number): boolean {
    return documents >= this.documents || characters >= batchCharacters;
  }

  /** A batch went. */
  grow(): void {
    this.documents = Math.min(2 * this.documents, largestBatch);
  }
}
