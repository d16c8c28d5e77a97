// Label sets as agents read them.
import type { LabelSet } from '../core/labelSet';
import type { AgentLabelSet } from './agentSource';

export function describeSets(sets: readonly LabelSet[], inUse: Pick<LabelSet, 'name'> | null): AgentLabelSet[] {
  return sets.map(({ name, mode, threshold, labels }) => ({
    name,
    inUse: name === inUse?.name,
    mode,
    threshold,
    labels: labels.map((label) => ({
      name: label.name,
      ...(label.description === undefined ? {} : { description: label.description }),
    })),
  }));
}
