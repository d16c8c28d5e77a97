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

/** A quote of each place where the words stand in the text, in order; a place may overlap the one before. */
export function quotesOf(text: string, exact: string): TextQuote[] {
  const quotes: TextQuote[] = [];
  if (exact === '') return quotes;
  for (let start = text.indexOf(exact); start >= 0; start = text.indexOf(exact, start + 1))
    quotes.push(quoteOf(text, { start, end: start + exact.length }));
  return quotes;
}

/**
 * Which of the places where the same words stand now is that of the quote: the one with most of the words around it, then the one
 * nearest to its old place. Null where there are none.
 */
export function placeOf(quote: TextQuote, places: readonly TextQuote[]): TextQuote | null {
  let best: { readonly place: TextQuote; readonly agreement: number } | null = null;
  for (const place of places) {
    const agreement = agreementOf(place, quote);
    const nearer = best && Math.abs(place.start - quote.start) < Math.abs(best.place.start - quote.start);
    if (!best || agreement > best.agreement || (agreement === best.agreement && nearer)) best = { place, agreement };
  }
  return best?.place ?? null;
}

/** Where the passage lies in the text as it is now (`placeOf`); null where it is gone. */
export function findQuote(text: string, quote: TextQuote): Span | null {
  const place = placeOf(quote, quotesOf(text, quote.exact));
  return place && { start: place.start, end: place.end };
}

/** The quote of a span, or the one of `known` that lies there now: a passage that was decided on before keeps its decisions. */
export function knownQuoteOf(text: string, span: Span, known: readonly TextQuote[]): TextQuote {
  const same = known.find((quote) => {
    const found = quote.exact === text.slice(span.start, span.end) ? findQuote(text, quote) : null;
    return found?.start === span.start;
  });
  return same ?? quoteOf(text, span);
}

/** UTF-16 units around the passage that are the same, counted from it outwards. */
function agreementOf(a: TextQuote, b: TextQuote): number {
  let before = 0;
  while (before < a.prefix.length && before < b.prefix.length && a.prefix.at(-1 - before) === b.prefix.at(-1 - before))
    before++;
  let after = 0;
  while (after < a.suffix.length && after < b.suffix.length && a.suffix[after] === b.suffix[after]) after++;
  return before + after;
}
