// Every duration and limit of the child process in one place; tests shorten them.

export interface Timings {
  /** Start of the process until the model is ready: a large model from a slow disk takes its time. */
  readonly loadDeadlineMs: number;
  /** Deadline of a request at work: a base and a share per character. Generous, since a kill costs the work done. */
  readonly requestDeadlineMs: number;
  readonly characterDeadlineMs: number;
  readonly verifyDeadlineMs: number;
  /** From `cancel` to the child's answer; a micro-batch cannot be interrupted. */
  readonly cancelDeadlineMs: number;
  /** From `shutdown` to the end of the process. */
  readonly shutdownDeadlineMs: number;
  /** Waits before a restart after the first, second, third and each later crash of the window. */
  readonly backOffMs: readonly number[];
  /** This many crashes within the window stop the classifier. */
  readonly crashLimit: number;
  readonly crashWindowMs: number;
  /** A background message is sized to take about this long, so that an interactive call gets its turn soon. */
  readonly messageTargetMs: number;
}

export const defaultTimings: Timings = {
  loadDeadlineMs: 180_000,
  requestDeadlineMs: 60_000,
  characterDeadlineMs: 2,
  verifyDeadlineMs: 1_800_000,
  cancelDeadlineMs: 15_000,
  shutdownDeadlineMs: 5_000,
  backOffMs: [1_000, 2_000, 4_000],
  crashLimit: 5,
  crashWindowMs: 180_000,
  messageTargetMs: 1_000,
};
