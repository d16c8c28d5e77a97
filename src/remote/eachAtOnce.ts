// Work on many items, on a few of them at a time.

/**
 * What `work` gives for each item, in the order of the items. The first failure is thrown; no further item is begun then, and what is
 * under way is not waited for.
 */
export async function eachAtOnce<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = items.entries();
  let failed = false;
  const hand = async (): Promise<void> => {
    for (const [index, item] of left) {
      if (failed) return;
      results[index] = await work(item);
    }
  };
  const hands = Array.from({ length: Math.min(atOnce, items.length) }, hand);
  try {
    await Promise.all(hands);
  } catch (error) {
    failed = true;
    throw error;
  }
  return results;
}
