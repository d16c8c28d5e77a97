// Isotonic regression: the curve that never falls and is nearest to what was decided (pool adjacent violators).

/** Values between two scores lie on the line between theirs; beyond the ends they stay. Both ascending, [points]. */
export interface IsotonicCurve {
  readonly scores: readonly number[];
  readonly values: readonly number[];
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly sum: number;
}

/** Equal scores count as one with their mean, as in scikit-learn's `IsotonicRegression`. Null where there are no pairs. */
export function fitIsotonic(scores: ArrayLike<number>, relevant: ArrayLike<number>): IsotonicCurve | null {
  const order = Array.from(scores, (_, at) => at).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const blocks: Block[] = [];
  for (const at of order) {
    const score = scores[at] ?? 0;
    const sum = relevant[at] ? 1 : 0;
    const last = blocks.at(-1);
    if (last?.from === score && last.to === score) {
      blocks[blocks.length - 1] = { ...last, weight: last.weight + 1, sum: last.sum + sum };
    } else blocks.push({ from: score, to: score, weight: 1, sum });
  }
  const pooled: Block[] = [];
  for (const block of blocks) {
    let merged = block;
    for (let last = pooled.at(-1); last && last.sum / last.weight >= merged.sum / merged.weight; last = pooled.at(-1)) {
      merged = { from: last.from, to: merged.to, weight: last.weight + merged.weight, sum: last.sum + merged.sum };
      pooled.pop();
    }
    pooled.push(merged);
  }
  if (pooled.length === 0) return null;
  const ends = pooled.flatMap(({ from, to, weight, sum }) => {
    const value = sum / weight;
    return from === to ? [[from, value] as const] : [[from, value] as const, [to, value] as const];
  });
  return { scores: ends.map(([score]) => score), values: ends.map(([, value]) => value) };
}

export function isotonicValue({ scores, values }: IsotonicCurve, score: number): number {
  const above = scores.findIndex((one) => one >= score);
  if (above < 0) return values.at(-1) ?? 0;
  const [high, highValue] = [scores[above] ?? 0, values[above] ?? 0];
  if (above === 0 || high === score) return highValue;
  const [low, lowValue] = [scores[above - 1] ?? 0, values[above - 1] ?? 0];
  return lowValue + ((highValue - lowValue) * (score - low)) / (high - low);
}

/** The lowest score at which the curve reaches a probability; null where it never does. */
export function isotonicScore({ scores, values }: IsotonicCurve, probability: number): number | null {
  const above = values.findIndex((value) => value >= probability);
  if (above < 0) return null;
  const [high, highValue] = [scores[above] ?? 0, values[above] ?? 0];
  if (above === 0) return high;
  const [low, lowValue] = [scores[above - 1] ?? 0, values[above - 1] ?? 0];
  return low + ((high - low) * (probability - lowValue)) / (highValue - lowValue);
}
