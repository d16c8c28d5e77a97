// All decided texts of a label set as upstream's training rows, each text once; what cannot be a row, with the reason.
import type { LabelSet } from '../../labelSet';
import { byPlace } from '../decidedPlaces';
import type { Some } from '../decidedPlaces';
import type { DecidedPlace, Decision } from '../decision';
import { exportRow } from './exportRow';
import type { ExportRow } from './exportRow';

/** A document as it is now. */
export interface DocumentText {
  readonly text: string;
  /** sha256 (hex) of the texts that a decision on it may name. */
  readonly hashes: readonly string[];
}

export interface ExportRowsOptions {
  /** Labels are 1 and 0, not right or left out. */
  readonly confidence: boolean;
  /** Null where the document is gone, or is no text. */
  readonly read: (document: Decision) => Promise<DocumentText | null>;
  /** sha256 of a text, hex. */
  readonly hashOf: (text: string) => string;
}

/** A row, and where its text stands. */
export interface PlacedRow {
  readonly row: ExportRow;
  readonly place: DecidedPlace;
}

/**
 * - `gone`: the document is not there any more, or is no text.
 * - `older-text`: the document has another text now than was decided on.
 * - `same-text`: `first` has this text, and is a row.
 * - `undecided`: no decision on a label of the set that people agree on.
 */
export type LeftOut = { readonly place: DecidedPlace } & (
  | { readonly reason: 'gone' | 'older-text' | 'undecided' }
  | { readonly reason: 'same-text'; readonly first: DecidedPlace }
);

/** In the order of the documents. `pages`: decisions under the set, those of a place in one page. */
export async function* exportRows(
  pages: AsyncIterable<readonly Decision[]> | Iterable<readonly Decision[]>,
  set: LabelSet,
  { confidence, read, hashOf }: ExportRowsOptions,
): AsyncGenerator<PlacedRow | { readonly leftOut: LeftOut }, void, undefined> {
  const seen = new Map<string, DecidedPlace>();
  for await (const page of pages) {
    for (const decisions of byPlace(page)) {
      const [place] = decisions;
      const found = await textOf(decisions, read);
      if (typeof found !== 'string') {
        yield { leftOut: { place, reason: found.reason } };
        continue;
      }
      const hash = hashOf(found);
      const first = seen.get(hash);
      if (first) {
        yield { leftOut: { place, reason: 'same-text', first } };
        continue;
      }
      const row = exportRow(found, decisions, set, { confidence });
      if (row) seen.set(hash, place);
      yield row ? { row, place } : { leftOut: { place, reason: 'undecided' } };
    }
  }
}

/** The text that was decided on, or why it is not to be had any more. */
async function textOf(
  decisions: Some<Decision>,
  read: ExportRowsOptions['read'],
): Promise<string | { readonly reason: 'gone' | 'older-text' }> {
  const [first] = decisions;
  if (first.passage !== null) return first.passage.exact;
  const now = await read(first);
  if (now === null) return { reason: 'gone' };
  return decisions.every(({ textHash }) => now.hashes.includes(textHash)) ? now.text : { reason: 'older-text' };
}
