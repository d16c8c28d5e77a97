// Rows that wait for a pass, in order of length: passes of like lengths are cut from it while more rows still come.

interface Waiting<T> {
  readonly tokens: number;
  readonly item: T;
}

export interface PassLimits {
  /** Upper bound of rows times the tokens of the longest. A single row may exceed it. */
  readonly maxTokens: number;
  /** Passes that can run at once: what is left at the end is spread over them. */
  readonly width: number;
}

export class PassBuffer<T> {
  /** Longest first, so that the shortest are taken off the end. */
  private rows: Waiting<T>[] = [];
  private isSorted = true;
  private sum = 0;
  /** Passes that the rest is to make; null while more rows may come. */
  private left: number | null = null;

  constructor(private readonly limits: PassLimits) {}

  /** Tokens of the rows, without padding. */
  get tokens(): number {
    return this.sum;
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  add(item: T, tokens: number): void {
    this.rows.push({ item, tokens });
    this.isSorted = false;
    this.sum += tokens;
  }

  /** No more rows come: what is there is shared out, so that no lane idles while another has a full pass. */
  close(): void {
    const { maxTokens, width } = this.limits;
    this.left ??= Math.ceil(this.sum / maxTokens / width) * width;
  }

  /** Takes the next pass out, shortest rows first; empty where nothing waits. */
  take(): T[] {
    this.sort();
    const share = this.left === null ? this.limits.maxTokens : Math.ceil(this.sum / Math.max(1, this.left--));
    const pass: T[] = [];
    let taken = 0;
    for (let next = this.rows.at(-1); next; next = this.rows.at(-1)) {
      const padded = next.tokens * (pass.length + 1);
      if (pass.length > 0 && (padded > this.limits.maxTokens || taken >= share)) break;
      pass.push(next.item);
      taken += next.tokens;
      this.rows.pop();
    }
    this.sum -= taken;
    return pass;
  }

  private sort(): void {
    if (!this.isSorted) this.rows.sort((a, b) => b.tokens - a.tokens);
    this.isSorted = true;
  }
}
