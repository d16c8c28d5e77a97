// Goes through many rows of the index by URI, a page at a time.

/** `read` gives the rows behind a URI, in order; between pages the event loop has its turn. */
export async function* pages<Row extends { readonly uri: string }>(
  read: (after: string) => readonly Row[],
): AsyncGenerator<readonly Row[], void, undefined> {
  for (let rows = read(''); ;) {
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    await new Promise<void>((resolve) => setImmediate(resolve));
    rows = read(last.uri);
  }
}
