// Strings of JSON as texts that know where their characters stand.
import type { ExcerptBuilder } from '../../core/excerpt';

/** A string literal, by its place in the file with its quotes. */
export interface Literal {
  readonly offset: number;
  readonly length: number;
}

/** Appends what the literal says; each escape stands where it begins. */
export function addLiteral(builder: ExcerptBuilder, text: string, { offset, length }: Literal): void {
  const begin = offset + 1;
  const inner = text.slice(begin, offset + length - 1);
  for (let at = 0; at < inner.length;) {
    const escape = inner.indexOf('\\', at);
    const stop = escape === -1 ? inner.length : escape;
    builder.add(inner.slice(at, stop), begin + at);
    if (escape === -1) return;
    const size = inner.charAt(stop + 1) === 'u' ? 6 : 2;
    builder.add(JSON.parse(`"${inner.slice(stop, stop + size)}"`) as string, begin + stop);
    at = stop + size;
  }
}
