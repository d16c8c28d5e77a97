// What decisions did to one score: how it was without them, and those whose absence would change it most.

/** Decisions that are named: further ones did less. */
const mostNamed = 3;
/** Less is not to be seen in two decimals. */
const leastChange = 0.01;

export interface Mover {
  /** Position of the example among those of the task. */
  readonly example: number;
  /** The score with all examples, less what it would be without this one. */
  readonly change: number;
}

/** Those with the largest change first. Changes do not add up to all that was learned: examples overlap, or need each other. */
export function strongestMovers(movers: readonly Mover[]): Mover[] {
  return movers
    .filter(({ change }) => isNoticeable(change))
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.example - b.example)
    .slice(0, mostNamed);
}

/** Whether a change of a score is to be seen. */
export function isNoticeable(change: number): boolean {
  return Math.abs(change) >= leastChange;
}
