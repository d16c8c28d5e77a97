// How many requests are under way at once: one more for every round that went well, half as many when the server has too much
// (additive increase, multiplicative decrease, as TCP has it).

/** A request that may be sent. Exactly one of its ends is called, once. */
export interface Permit {
  /** The server answered, whatever it said. */
  answered(): void;
  /** It had too much to do, or said nothing in time. */
  overloaded(): void;
  /** Nothing was learned of what it bears. */
  left(): void;
}

interface Waiter {
  readonly admit: () => void;
}

const first = 4;
const most = 64;

export class AdaptiveLimit {
  /** Grows by fractions. */
  private size = first;
  private underWay = 0;
  private admitted = 0;
  /** Permits up to this one were given before the last decrease, and say nothing new. */
  private decreasedAt = 0;
  private pausedUntilMs = 0;
  private pause: NodeJS.Timeout | null = null;
  private readonly waiting = { interactive: [] as Waiter[], background: [] as Waiter[] };

  constructor(private readonly now: () => number = Date.now) {}

  /** Requests that may be under way at once, now. */
  get limit(): number {
    return Math.floor(this.size);
  }

  /** Resolves when there is room; interactive requests go first. Rejects with the signal's reason. */
  async acquire(priority: 'interactive' | 'background', signal: AbortSignal): Promise<Permit> {
    signal.throwIfAborted();
    if (!this.hasRoom || this.waiting.interactive.length + this.waiting.background.length > 0)
      await this.turn(this.waiting[priority], signal);
    else this.underWay++;
    return this.permit(++this.admitted);
  }

  /** Nothing is sent before then: the server asked for it. */
  pauseUntil(timeMs: number): void {
    this.pausedUntilMs = Math.max(this.pausedUntilMs, timeMs);
  }

  dispose(): void {
    if (this.pause) clearTimeout(this.pause);
  }

  private get hasRoom(): boolean {
    return this.underWay < this.limit && this.now() >= this.pausedUntilMs;
  }

  private turn(queue: Waiter[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        admit: () => {
          signal.removeEventListener('abort', onAbort);
          this.underWay++;
          resolve();
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      queue.push(waiter);
      this.admitNext();
    });
  }

  private permit(number: number): Permit {
    const end = (): void => {
      this.underWay--;
      this.admitNext();
    };
    return {
      answered: () => {
        // Only a limit that was reached says that more would be borne.
        if (this.underWay >= this.limit) this.size = Math.min(most, this.size + 1 / this.size);
        end();
      },
      overloaded: () => {
        // What was sent before the last decrease met the same overload.
        if (number > this.decreasedAt) {
          this.size = Math.max(1, this.size / 2);
          this.decreasedAt = this.admitted;
        }
        end();
      },
      left: end,
    };
  }

  private admitNext(): void {
    while (this.hasRoom) {
      const next = this.waiting.interactive.shift() ?? this.waiting.background.shift();
      if (!next) return;
      next.admit();
    }
    const waitMs = this.pausedUntilMs - this.now();
    if (waitMs <= 0 || this.pause) return;
    this.pause = setTimeout(() => {
      this.pause = null;
      this.admitNext();
    }, waitMs);
  }
}
