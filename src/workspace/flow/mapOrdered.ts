// Maps a stream with several calls under way at once and yields the results in the stream's order.

/**
 * At most `limit` calls of `map` are started and not yet yielded, so a slow consumer holds back the source (backpressure).
 * A rejection surfaces at its place in the order. Leaving the loop early closes the source.
 */
export async function* mapOrdered<From, To>(
  source: AsyncIterable<From> | Iterable<From>,
  limit: number,
  map: (item: From) => Promise<To>,
): AsyncGenerator<To, void, undefined> {
  const underWay: Promise<To>[] = [];
  try {
    for await (const item of source) {
      const result = map(item);
      // Its rejection is met when its turn comes; until then Node must not call it unhandled.
      result.catch(() => undefined);
      underWay.push(result);
      const first = underWay.length >= limit ? underWay.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = underWay.shift(); next; next = underWay.shift()) yield await next;
  } finally {
    // Whoever closes the stream may close files next: no call may still be at work then.
    await Promise.allSettled(underWay);
  }
}
