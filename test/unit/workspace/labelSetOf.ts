// A label set of plain names, for tests and benches of what lies behind it.
import type { LabelSet } from '../../../src/core/labelSet';

export function labelSet(names: readonly string[] = ['bug', 'idea', 'thanks'], more: Partial<LabelSet> = {}): LabelSet {
  const labels = names.map((name) => ({ name, path: name.split('.') }));
  return {
    name: 'set',
    labels,
    mode: 'multi-label',
    threshold: 0.5,
    exclusive: [],
    examples: [],
    include: [],
    exclude: [],
    ...more,
  };
}
