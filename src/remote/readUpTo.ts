// Reads an answer that may be endless.

/** The bytes as UTF-8; null where there are more, and then the stream is destroyed. Throws what breaks the connection. */
export async function readUpTo(answer: AsyncIterable<Buffer>, maxBytes: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    size += part.length;
    // Whoever leaves the loop of a stream destroys it.
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
