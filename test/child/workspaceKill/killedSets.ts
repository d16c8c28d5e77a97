// Label sets over which killed runs go: the first two are compared afterwards, the others keep a long process busy.
import type { LabelSet } from '../../../src/core/labelSet';
import { labelSet } from '../../unit/workspace/labelSetOf';

function set(name: string, labels: readonly string[], more: Partial<LabelSet> = {}): LabelSet {
  return labelSet(labels, { name, ...more });
}

/** `classified` is encoded; `relabelled` has other labels over the same vectors. */
export const comparedSets = [set('classified', ['a', 'b', 'c']), set('relabelled', ['x', 'y'])] as const;

export function killedSets(round: number): readonly LabelSet[] {
  return [...comparedSets, set('busy', ['a'], { prompt: `prompt ${round}` })];
}
