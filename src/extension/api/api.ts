// What other extensions get from `extensions.getExtension('glitag.glitag').activate()`. Breaking changes raise `apiVersion`.

/** A label with its score, and where in the text it was earned. */
export interface ApiScore {
  /** Full label name in dot notation. */
  readonly label: string;
  /** Probability, 0 to 1. */
  readonly score: number;
  /** UTF-16 offsets into the text, half open. */
  readonly start: number;
  readonly end: number;
}

export interface ApiResult {
  /** Labels that count as tags, best first; empty when nothing fits. */
  readonly tags: readonly ApiScore[];
  /** Every label of the set, in its order. */
  readonly scores: readonly ApiScore[];
}

export interface ApiTag {
  readonly label: string;
  readonly score: number;
  /** What people decided of it; absent: nobody has. */
  readonly state?: 'accepted' | 'added';
}

/** A row of the Tags view: a document, or a selection of one. */
export interface ApiDocument {
  /** URI of a document as a string, with `#row-3` behind it for a part of a file; `selection:URI#start-end` for a selection. */
  readonly id: string;
  readonly title: string;
  /** Tags under the active label set, best first: the model's, less what people rejected, with what they accepted and added. */
  readonly tags: readonly ApiTag[];
  /** Tags that people rejected; absent where there are none. */
  readonly rejected?: readonly ApiTag[];
  /** The text, the labels or the model are no longer those that gave the tags. */
  readonly stale: boolean;
  /** Why the document has no tags, where it could not be read or classified. */
  readonly skipped?: string;
}

/** The part of AbortSignal that is used, so that any AbortController will do. */
export interface ApiSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface GlitagApi {
  readonly apiVersion: 1;
  /** Names of the label sets that can be used. */
  labelSets(): readonly string[];
  /** What the Tags view shows now, in its order of arrival. */
  documents(): readonly ApiDocument[];
  /**
   * Classifies one text. `labelSet` names a set of `glitag.labelSets`, or is one written as in that setting; the active set
   * where absent. Rejects with an Error that has a `code` (`label-set-invalid`, `model-missing`, `cancelled`, …).
   */
  classify(text: string, labelSet?: string | Readonly<Record<string, unknown>>, signal?: ApiSignal): Promise<ApiResult>;
}
