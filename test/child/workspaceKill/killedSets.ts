// Label sets over which killed runs go: the first two are compared afterwards, the others keep a long process busy.
import type { LabelSet } from '../../../src/core/labelSet';

function set(name: string, labels: readonly string[], prompt?: string): LabelSet {
  return {
    name,
    labels: labels.map((label) => ({ name: label, path: [label] })),
    mode: 'multi-label',
    threshold: 0.5,
    exclusive: [],
    examples: [],
    include: [],
    exclude: [],
    ...(prompt === undefined ? {} : { prompt }),
  };
}

/** `classified` is encoded; `relabelled` has other labels over the same vectors. */
export const comparedSets = [set('classified', ['a', 'b', 'c']), set('relabelled', ['x', 'y'])] as const;

export function killedSets(round: number): readonly LabelSet[] {
  return [...comparedSets, set('busy', ['a'], `prompt ${round}`)];
}
