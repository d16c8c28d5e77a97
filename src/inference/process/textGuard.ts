// Keeps document text out of logs: a line that repeats a piece of a document at work is withheld.

/** Longest line that is logged, UTF-16 units. */
const maxLineLength = 500;

/** A piece of this length is looked for; a line that shares about twice as much with a document is always found. */
const pieceLength = 12;

/** Requests whose texts are remembered: output on a pipe may arrive after the answer to its request. */
const rememberedRequests = 6;

export class TextGuard {
  private readonly remembered: (readonly string[])[] = [];

  /** Texts that the child is about to hold. */
  remember(texts: readonly string[]): void {
    this.remembered.push(texts);
    if (this.remembered.length > rememberedRequests) this.remembered.shift();
  }

  /** The line, cut to a bounded length; or a note in its place where it repeats document text. */
  clean(line: string): string {
    const cut = line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line;
    return this.repeatsText(cut) ? '(a line withheld, as it repeats document text)' : cut;
  }

  private repeatsText(line: string): boolean {
    const texts = this.remembered.flat();
    for (let start = 0; start < line.length; start += pieceLength) {
      const piece = line.slice(start, start + pieceLength);
      // A short rest says too little: any word is in some document.
      const enough = piece.length === pieceLength && /\S.*\S/.test(piece);
      if (enough && texts.some((text) => text.includes(piece))) return true;
    }
    return false;
  }
}
