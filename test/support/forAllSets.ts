// A classifier that is asked whatever the label set is, taught nothing.

export function forAllSets<C>(classifier: C): { of: () => Promise<C> } {
  return { of: () => Promise.resolve(classifier) };
}
