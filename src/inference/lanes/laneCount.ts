// How many lanes run side by side, and how many threads each has.

export interface LanePlan {
  /** Sessions that run at the same time. */
  readonly lanes: number;
  /** Threads within one operator of each session. */
  readonly threads: number;
}

/** Each lane holds the weights again, so their sum is bounded. */
const maxWeightBytes = 1.5 * 2 ** 30;
const maxLanes = 4;

/**
 * Lanes first, then threads: two lanes of one thread do 1.2 to 1.3 times as many passes as one lane of two threads
 * (docs/ENGINE.md), because a pass of one short row is too small to share. Past four lanes the memory counts more.
 * @param cores Cores to use in all, at least 1.
 * @param weightBytes Size of the model file with its weights.
 */
export function planLanes(cores: number, weightBytes: number): LanePlan {
  const affordable = Math.max(1, Math.floor(maxWeightBytes / Math.max(weightBytes, 1)));
  const lanes = Math.min(Math.max(1, cores), affordable, maxLanes);
  return { lanes, threads: Math.max(1, Math.floor(cores / lanes)) };
}
