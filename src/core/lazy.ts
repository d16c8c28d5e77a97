// Makes a thing at first use. For those whose making costs milliseconds, which activation should not pay: Intl.Segmenter loads
// tables of the runtime.

export function lazy<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
