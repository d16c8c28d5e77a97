// What a user decides: that a tag is right or wrong, that a label was missing, that none fits.
import type { LabelScore } from '../tagResult';
import type { TextQuote } from './textQuote';

/**
 * - `accepted`: a tag of the model is right.
 * - `rejected`: a tag of the model is wrong.
 * - `added`: the user gives a label that the model did not.
 * - `none-fits`: no label of the set fits; it is about the place, so its `label` is null.
 */
export const verdicts = ['accepted', 'rejected', 'added', 'none-fits'] as const;
export type Verdict = (typeof verdicts)[number];

/** `proposed`: the model says so, and nobody has decided yet. */
export type TagState = 'proposed' | 'accepted' | 'rejected' | 'added';

/** A document, named so that a workspace folder can be moved, and its decisions be shared. See `documentKeyOf`. */
export interface DocumentKey {
  /** Name of the workspace folder where there are several, one that no other has (extension/review/folderNames); else empty. */
  readonly root: string;
  /** Relative to the workspace folder, separated by `/`; the URI of a document that lies in none. */
  readonly path: string;
}

/** What a decision is about: a document, or a passage of it. */
export interface DecidedPlace extends DocumentKey {
  /** Null: the document as a whole. */
  readonly passage: TextQuote | null;
}

/** A place under a label set. */
export interface SetPlace extends DecidedPlace {
  /** Name of the label set. */
  readonly set: string;
}

/** One label at one place. Neither model nor text is part of it: decisions outlive both. */
export interface DecisionKey extends SetPlace {
  /** Full label name; null for `none-fits`. */
  readonly label: string | null;
}

/** What was decided, and when. */
export interface Verdicted {
  readonly verdict: Verdict;
  /** sha256 (hex) of the text that was decided on: the document's, or the passage's. */
  readonly textHash: string;
  /** Milliseconds since 1970. Later decisions of one store always have later times, whatever the clock does. */
  readonly decidedMs: number;
  /** Who decided, where a name is known. */
  readonly by?: string;
  /** Decisions of others on the same key up to this time were known and are replaced; see mergeDecisions. */
  readonly settlesMs?: number;
}

export interface Decision extends DecisionKey, Verdicted {}

/** One decision to be made. */
export interface NewDecision extends DecisionKey {
  /** Null takes the decision back: the tag is proposed again. */
  readonly verdict: Verdict | null;
  readonly textHash: string;
}

/** A tag as it is after the decisions. */
export interface EffectiveTag extends LabelScore {
  readonly state: TagState;
  /** People have decided differently, and nobody since; the latest counts meanwhile. */
  readonly conflict?: true;
  /** The decision was made on another text than the document has now. */
  readonly olderText?: true;
}

/**
 * Text that is equal for equal keys and for no others; sorts by document, then passage, set and label. Where a passage lies is no
 * part of it: that changes with every edit before it.
 */
export function keyText({ root, path, passage, set, label }: DecisionKey): string {
  const place = passage === null ? [] : [passage.exact, passage.prefix, passage.suffix];
  return JSON.stringify([root, path, place, set, label]);
}

/** A document as results name it; `root` is empty where it lies in no workspace folder. */
interface NamedPlace extends DocumentKey {
  readonly uri: string;
}

/** The key of a document. `severalFolders`: the workspace has more than one folder, so that paths alone do not tell documents apart. */
export function documentKeyOf({ uri, root, path }: NamedPlace, severalFolders: boolean): DocumentKey {
  if (root === '') return { root: '', path: uri };
  return { root: severalFolders ? root : '', path };
}

/** Whether a key's path is a URI, also of imported texts (`import:<file>`); not so `Meeting: hiring.md`, a file of that name. */
export function hasUri({ path }: DocumentKey): boolean {
  return /^(?:import:|[a-z][a-z0-9+.-]+:\/)/iu.test(path);
}

/** Whether the text was edited after the decision. `textHash`: sha256 (hex) of the text as it is now; null where it is not known. */
export function isOnOlderText(decision: Pick<Verdicted, 'textHash'>, textHash: string | null): boolean {
  return textHash !== null && decision.textHash !== textHash;
}

/**
 * Whether a decision on a document as a whole counts for it. A part of a file is known by its number alone, and with a row more above it
 * another text has that number: what was decided on one text is not decided of the other. `texts`: sha256 (hex) of those that it is
 * known by, the one that was scored and the one that it has now.
 */
export function countsFor(
  { passage, textHash: decidedOn }: Pick<Decision, 'passage' | 'textHash'>,
  { isPart, texts }: { readonly isPart: boolean; readonly texts: readonly (string | null)[] },
): boolean {
  return passage === null && (!isPart || texts.includes(decidedOn));
}
