// What is kept in memory of a text that is no file of the workspace. Free of `vscode` at run time.
import type * as vscode from 'vscode';
import { quoteOf, quotesOf, type TextQuote } from '../../core/review/textQuote';
import type { Span, TagResult } from '../../core/tagResult';
import { type Scored, type Unscored } from '../classify/tagger';
import { sha256 } from '../../workspace/read/sha256';
import type { Anchor } from './anchor';

/** Characters by which a passage is found again after edits. */
const passageLength = 200;

/** What a command hands over: a text of a document and what the model said of it. */
export interface MemoryResult {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly title: string;
  readonly folders: readonly string[];
  /** Tags that the author wrote into the document; none of a selection. */
  readonly given: readonly string[];
  /** Where the text lies in the document. */
  readonly range: Span;
  readonly whole: boolean;
  readonly text: string;
  readonly outcome: Scored | Unscored;
}

/** What is kept of it. */
export interface Entry extends Omit<MemoryResult, 'text' | 'range' | 'whole' | 'outcome' | 'given'> {
  given: readonly string[];
  readonly textHash: string;
  /** When the model read it, in ms since 1970. */
  readonly taggedMs: number;
  /** The beginning of each chunk by its start in the text, to find it again after edits. */
  readonly passages: ReadonlyMap<number, string>;
  anchor: Anchor;
  outcome: Scored | Unscored;
  /** Of a selection: where the document had the same words when it was looked at last, the selection's own place first. */
  places: readonly TextQuote[];
  /** Decided under the active set; null where the text was not scored, or the set's labels are others. */
  result: TagResult | null;
  /** The text is not the one that was scored. */
  stale: boolean;
  /** There was no such document when it was looked for last. */
  missing: boolean;
}

/** Scores of another model than the one in use (`modelHash`; null until it was loaded: any counts then). */
export function isOutdated({ outcome }: Pick<Entry, 'outcome'>, modelHash: string | null): boolean {
  return outcome.ok && modelHash !== null && outcome.modelHash !== modelHash;
}

/** The beginning of each chunk by its start in the text. */
export function passagesOf(text: string, outcome: Scored | Unscored): Map<number, string> {
  if (!outcome.ok) return new Map();
  const { scores, vectors } = outcome;
  // Other labels may have their evidence in other chunks.
  const chunks = Array.from({ length: (vectors?.spans.length ?? 0) / 2 }, (_, at) => ({
    start: vectors?.spans[2 * at] ?? 0,
    end: vectors?.spans[2 * at + 1] ?? 0,
  }));
  return new Map(
    [...chunks, ...scores].map(({ start, end }) => [start, text.slice(start, Math.min(end, start + passageLength))]),
  );
}

/** For `Entry.places`; `text`: of the document as it is now. */
export function placesOf({ anchor }: Pick<Entry, 'anchor'>, text: string): TextQuote[] {
  if (anchor.whole) return [];
  const others = quotesOf(text, text.slice(anchor.start, anchor.end)).filter(({ start }) => start !== anchor.start);
  return [quoteOf(text, anchor), ...others];
}

export function isShown({ outcome, result }: Entry): boolean {
  return !outcome.ok || result !== null;
}

/** Places in a text that begins at `start` of its document, as places in the document. */
export function inDocument<T extends Span>(places: readonly T[], start: number): T[] {
  return places.map((place) => ({ ...place, start: place.start + start, end: place.end + start }));
}

/** `result`: decided under the active set. */
export function entryOf(
  { text, range, whole, ...rest }: MemoryResult,
  taggedMs: number,
  result: TagResult | null,
): Entry {
  return {
    ...rest,
    textHash: sha256(text),
    taggedMs,
    passages: passagesOf(text, rest.outcome),
    anchor: { ...range, whole, touched: false },
    places: [],
    result,
    stale: false,
    missing: false,
  };
}
