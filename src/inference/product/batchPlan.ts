// Puts rows together into passes: like lengths together, so that little is padding, and as many as pay.
import type { Sharing } from '../pipeline/sharing';

export interface BatchLimits {
  readonly sharing: Sharing;
  /** Upper bound of rows times the tokens of the longest. A single row may exceed it. */
  readonly maxTokens: number;
  /** Passes that can run at once: work is spread over them before passes grow. */
  readonly width: number;
}

/** What a pass costs besides its tokens, in tokens: all weights are read once (docs/ENGINE.md). */
const passCost = 24;

/**
 * The cheapest passes of all into which rows in order of length can be cut.
 * @param lengths Tokens of each row; what all rows have alike, such as labels apart from the text, may be counted or not.
 * @returns Indexes of the rows of each pass, longest rows first (the long passes do not then come last, alone on one lane).
 */
export function planBatches(lengths: readonly number[], limits: BatchLimits): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b);
  const sorted = order.map((index) => lengths[index] ?? 0);
  const total = sorted.reduce((sum, length) => sum + length, 0);
  // One lane has nobody to share with; padding must not keep a last row out of its pass.
  const share = limits.width > 1 ? Math.min(limits.maxTokens, Math.ceil(total / limits.width)) : limits.maxTokens;
  const batches: number[][] = [];
  const ends = cheapestEnds(sorted, limits.sharing, share);
  for (let start = 0; start < order.length; start = ends[start] ?? order.length)
    batches.push(order.slice(start, ends[start]));
  return batches;
}

/** Where the pass that begins with each row ends, so that this and all after it cost least: from the last row to the first. */
function cheapestEnds(sorted: readonly number[], sharing: Sharing, maxTokens: number): number[] {
  const costs = new Array<number>(sorted.length + 1).fill(0);
  const ends = new Array<number>(sorted.length).fill(sorted.length);
  for (let start = sorted.length - 1; start >= 0; start--) {
    const longest = sorted[start] ?? 0;
    costs[start] = Infinity;
    for (let end = start + 1; end <= sorted.length; end++) {
      const rows = end - start;
      const mayShare = sharing === 'padded' || (sharing === 'equal' && sorted[end - 1] === longest);
      if (rows > 1 && (!mayShare || rows * longest > maxTokens)) break;
      const cost = rows * longest + passCost + (costs[end] ?? 0);
      if (cost >= (costs[start] ?? 0)) continue;
      costs[start] = cost;
      ends[start] = end;
    }
  }
  return ends;
}
