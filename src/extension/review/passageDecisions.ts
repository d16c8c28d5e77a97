// Which decisions on passages of a document are about a passage that is tagged now. Free of `vscode`.
import type { Decision } from '../../core/review/decision';
import type { TextQuote } from '../../core/review/textQuote';

/** Those on the same text; where that was decided on at several places of the document, those on the place nearest to `start`. */
export function decisionsOnPassage(all: readonly Decision[], textHash: string, start: number): readonly Decision[] {
  // A passage is decided on as it stands, so that the hash of a decision is its own text's.
  const same = all.filter((one) => one.passage !== null && one.textHash === textHash);
  const quotes = same.flatMap(({ passage }) => passage ?? []);
  const [first, ...others] = quotes;
  if (!first) return [];
  const nearest = others.reduce((best, one) => (distance(one, start) < distance(best, start) ? one : best), first);
  return same.filter(({ passage }) => passage !== null && isSame(passage, nearest));
}

function distance(quote: TextQuote, start: number): number {
  return Math.abs(quote.start - start);
}

function isSame(a: TextQuote, b: TextQuote): boolean {
  return a.exact === b.exact && a.prefix === b.prefix && a.suffix === b.suffix;
}
