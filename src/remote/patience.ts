// When to try again, and when to stop trying.
import { AppError } from '../shared/errors';

export interface Timing {
  /** Of one request, until its last byte. */
  readonly deadlineMs: number;
  /** Before the first repetition; twice as long before each further one. */
  readonly backOffMs: number;
  readonly longestBackOffMs: number;
  /** How often a request is sent whose failure may be its text's fault. */
  readonly attempts: number;
  /** After so long without an answer it is said what is being waited for. */
  readonly silentMs: number;
  /** So long a server may be away that never answered: its address may be wrong. */
  readonly firstMs: number;
  /** So long one may be away that answered before: loading a model takes minutes. */
  readonly awayMs: number;
  /** So long it may say that it is busy. */
  readonly busyMs: number;
}

export const defaultTiming: Timing = {
  deadlineMs: 60_000,
  backOffMs: 250,
  longestBackOffMs: 15_000,
  attempts: 5,
  silentMs: 3_000,
  firstMs: 20_000,
  awayMs: 300_000,
  busyMs: 600_000,
};

/** So many texts in a row that all attempts failed for are no fault of the texts. */
const mostLost = 8;

/** Follows what a server does over all requests. */
export class Patience {
  private failingSinceMs: number | null = null;
  private answeredOnce = false;
  private lostInARow = 0;
  private isWaiting = false;

  constructor(
    private readonly timing: Timing,
    /** Hears why nobody answers, once it takes long, and null when that is over. */
    private readonly waiting: (why: string | null) => void = () => undefined,
    private readonly now: () => number = Date.now,
    private readonly random: () => number = Math.random,
  ) {}

  get hasAnswered(): boolean {
    return this.answeredOnce;
  }

  /** Nobody asks any more, or is answered: what failed before says nothing of what comes. */
  startOver(): void {
    this.failingSinceMs = null;
    this.lostInARow = 0;
    if (!this.isWaiting) return;
    this.isWaiting = false;
    this.waiting(null);
  }

  /** A request was answered as it should be. */
  answered(): void {
    this.startOver();
    this.answeredOnce = true;
  }

  /**
   * @param waitMs For which it wants to be left alone.
   * @returns How much of that it is: no longer than it is waited for at all.
   * @throws AppError server-unreachable, once the server has been away or busy for too long.
   */
  failing(kind: 'away' | 'busy', message: string, waitMs = 0): number {
    this.failingSinceMs ??= this.now();
    const { firstMs, awayMs, busyMs } = this.timing;
    const limit = kind === 'busy' ? busyMs : this.answeredOnce ? awayMs : firstMs;
    const failingMs = this.now() - this.failingSinceMs;
    if (failingMs >= limit) throw new AppError('server-unreachable', message);
    const grantedMs = Math.min(waitMs, limit - failingMs);
    if (!this.isWaiting && failingMs + grantedMs >= this.timing.silentMs) {
      this.isWaiting = true;
      this.waiting(message);
    }
    return grantedMs;
  }

  /** All attempts for one text failed. @throws AppError server-failed where that is so for all texts. */
  lost(message: string): void {
    if (++this.lostInARow >= mostLost) throw new AppError('server-failed', message);
  }

  /** Exponential, and anywhere in its second half, so that clients do not come back all at once. */
  backOffMs(attempt: number): number {
    const { backOffMs, longestBackOffMs } = this.timing;
    return Math.min(longestBackOffMs, backOffMs * 2 ** (attempt - 1)) * (0.5 + this.random() / 2);
  }
}

/** Milliseconds that a Retry-After header asks to wait (seconds or a date); null where it says nothing. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d+$/u.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}
