// A passage of a document that is found again after edits elsewhere: the text itself with the words around it. The selector is
// W3C's TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector), with the place where it was last.
import type { Span } from '../tagResult';

export interface TextQuote extends Span {
  /** The passage, letter by letter. */
  readonly exact: string;
  /** What stood before and behind it, at most `contextLength` UTF-16 units each. */
  readonly prefix: string;
  readonly suffix: string;
}

/** Enough words to tell two equal passages apart (the length that Hypothesis uses). */
export const contextLength = 32;

/** The quote of a span of `text`. */
export function quoteOf(text: string, { start, end }: Span): TextQuote {
  return {
    start,
    end,
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - contextLength), start),
    suffix: text.slice(end, end + contextLength),
  };
}

/**
 * Where the passage lies in the text as it is now; null where it is gone. Of several equal passages the one with most of the words
 * around it, then the one nearest to its old place.
 */
export function findQuote(text: string, quote: TextQuote): Span | null {
  const { exact } = quote;
  if (exact === '') return null;
  let best: { readonly start: number; readonly agreement: number } | null = null;
  for (let start = text.indexOf(exact); start >= 0; start = text.indexOf(exact, start + 1)) {
    const agreement = agreementAt(text, start, quote);
    const nearer = best && Math.abs(start - quote.start) < Math.abs(best.start - quote.start);
    if (!best || agreement > best.agreement || (agreement === best.agreement && nearer)) best = { start, agreement };
  }
  return best && { start: best.start, end: best.start + exact.length };
}

/** The quote of a span, or the one of `known` that lies there now: a passage that was decided on before keeps its decisions. */
export function knownQuoteOf(text: string, span: Span, known: readonly TextQuote[]): TextQuote {
  const same = known.find((quote) => {
    const found = quote.exact === text.slice(span.start, span.end) ? findQuote(text, quote) : null;
    return found?.start === span.start;
  });
  return same ?? quoteOf(text, span);
}

/** UTF-16 units around the passage that are still the same, counted from it outwards. */
function agreementAt(text: string, start: number, { exact, prefix, suffix }: TextQuote): number {
  let before = 0;
  while (before < prefix.length && text[start - 1 - before] === prefix[prefix.length - 1 - before]) before++;
  const end = start + exact.length;
  let after = 0;
  while (after < suffix.length && text[end + after] === suffix[after]) after++;
  return before + after;
}
