// Which decisions on passages of a document are about a passage that is tagged now. Free of `vscode`.
import type { Decision } from '../../core/review/decision';
import { placeOf, type TextQuote } from '../../core/review/textQuote';

/** Those on the same text at this place. `places`: where the document has the words now, the passage's own place first. */
export function decisionsOnPassage(
  all: readonly Decision[],
  textHash: string,
  places: readonly TextQuote[],
): readonly Decision[] {
  // A passage is decided on as it stands, so that the hash of a decision is its own text's.
  return all.filter(
    (one) => one.passage !== null && one.textHash === textHash && placeOf(one.passage, places) === places[0],
  );
}
