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
 * - `older-text`: the document has another text now than any that was decided on.
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
      if ('reason' in found) {
        yield { leftOut: { place, reason: found.reason } };
        continue;
      }
      const { text, current } = found;
      const hash = hashOf(text);
      const first = seen.get(hash);
      if (first) {
        yield { leftOut: { place, reason: 'same-text', first } };
        continue;
      }
      const row = exportRow(text, current, set, { confidence });
      if (row) seen.set(hash, place);
      yield row ? { row, place } : { leftOut: { place, reason: 'undecided' } };
    }
  }
}

/** The text that was decided on, with the decisions on it; or why it is not to be had any more. */
async function textOf(
  decisions: Some<Decision>,
  read: ExportRowsOptions['read'],
): Promise<
  { readonly text: string; readonly current: readonly Decision[] } | { readonly reason: 'gone' | 'older-text' }
> {
  const [first] = decisions;
  if (first.passage !== null) return { text: first.passage.exact, current: decisions };
  const now = await read(first);
  if (now === null) return { reason: 'gone' };
  const current = decisions.filter(({ textHash }) => now.hashes.includes(textHash));
  return current.length > 0 ? { text: now.text, current } : { reason: 'older-text' };
}
