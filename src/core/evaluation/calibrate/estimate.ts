// A share that was counted, with how far it can be trusted.

export interface Estimate {
  readonly value: number;
  /** Bounds of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

const z = 1.959964;

/**
 * Wilson's interval for `part` of `whole`. `documents`: how many the pairs come from; pairs of one document are right or wrong
 * together, so the interval is as wide as if each document had given one. Null where there are none.
 */
export function estimate(part: number, whole: number, documents: number): Estimate | null {
  if (whole === 0) return null;
  const value = part / whole;
  const n = Math.min(whole, documents);
  const center = (value + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2));
  return { value, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
