// Long work in pieces: a generator that yields between them, so that whoever must not stand still can do it bit by bit.

export type Slices<T> = Generator<void, T, void>;

/** All at once. */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
