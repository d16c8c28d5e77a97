// What classification says of one document: every label's score with its evidence, and which of them are tags.

/** A half-open range of UTF-16 offsets into the document's text, as VS Code counts. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The score of one label for one document, with the passage that earned it. */
export interface LabelScore extends Span {
  /** Full label name in dot notation. */
  readonly label: string;
  /** Probability, 0 to 1. */
  readonly score: number;
}

/** The decision over one document (core/decide). */
export interface TagResult {
  /** Labels that count as tags, best first. Empty when nothing fits. */
  readonly tags: readonly LabelScore[];
  /** Every label of the set in the set's order. */
  readonly scores: readonly LabelScore[];
}
