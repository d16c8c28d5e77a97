// At most so many jobs at once: the child computes one batch while the next is on its way, and no more wait in memory.

export class Slots {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly limit: number,
    /** Called with the error of a job; jobs that follow are not held back by it. */
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Starts the job as soon as a slot is free; resolves then, not when the job is done. */
  async start(job: () => Promise<void>): Promise<void> {
    while (this.underWay.size >= this.limit) await this.next();
    const running = job()
      .catch(this.onError)
      .finally(() => this.underWay.delete(running));
    this.underWay.add(running);
  }

  get busy(): boolean {
    return this.underWay.size > 0;
  }

  /** One of the jobs is done. */
  async next(): Promise<void> {
    await Promise.race(this.underWay);
  }

  /** All jobs are done. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }
}
