// Which rows share a pass, so that no row's scores depend on the others.
import type { Sharing } from '../pipeline/sharing';

export interface BatchLimits {
  readonly sharing: Sharing;
  /** Upper bound of rows times the tokens of the longest. A single row may exceed it. */
  readonly maxTokens: number;
  /** Passes that can run at once: work is spread over them before passes grow. */
  readonly width: number;
}

/**
 * Groups rows by length, longest first (the long passes do not then come last, alone on one lane).
 * @param lengths Tokens of each row; what all rows have alike, such as labels apart from the text, may be counted or not.
 * @returns Indexes of the rows of each pass.
 */
export function planBatches(lengths: readonly number[], limits: BatchLimits): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const share = Math.min(limits.maxTokens, Math.ceil(total / Math.max(1, limits.width)));
  const batches: number[][] = [];
  let current: number[] = [];
  let longest = 0;
  for (const index of order) {
    const length = lengths[index] ?? 0;
    const separate = limits.sharing === 'alone' || (limits.sharing === 'equal' && length !== longest);
    if (current.length === 0 || separate || longest * (current.length + 1) > share) {
      current = [];
      batches.push(current);
      longest = length;
    }
    current.push(index);
  }
  return batches;
}
