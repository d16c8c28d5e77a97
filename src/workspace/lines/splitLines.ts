// Lines of a stream of bytes, none of them longer in memory than a limit. node:readline cannot stand in for it: it ends lines at U+2028 and
// U+2029 too, which JSON may hold as they are, and gathers a line of any length.

/** `text` without its line ending and byte order mark, or why there is none. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: 'too-long' | 'not-utf-8' };

const newline = 0x0a;

/** Lines end with LF or CRLF; the last one need not. Of a line that is too long only the chunks up to the limit are held. */
export async function* splitLines(
  source: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<Line, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [number, length] = [1, 0];
  let kept: Uint8Array[] = [];
  const gather = (bytes: Uint8Array): void => {
    if (length <= maxLineBytes) kept.push(bytes);
    length += bytes.length;
  };
  const line = (): Line => {
    const [at, bytes] = [number++, kept.length === 1 ? kept[0] : Buffer.concat(kept)];
    const isTooLong = length > maxLineBytes;
    [kept, length] = [[], 0];
    if (isTooLong) return { number: at, fault: 'too-long' };
    try {
      const text = decoder.decode(bytes);
      return { number: at, text: text.endsWith('\r') ? text.slice(0, -1) : text };
    } catch {
      return { number: at, fault: 'not-utf-8' };
    }
  };
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      gather(chunk.subarray(from, end));
      yield line();
      from = end + 1;
    }
    if (from < chunk.length) gather(chunk.subarray(from));
  }
  if (length > 0) yield line();
}
