// What `glitag tag` knows of one finished document; the formats print it.
import type { EffectiveTag } from '../../core/review/decision';
import type { LabelScore, Span } from '../../core/tagResult';
import type { TextPosition } from '../../core/textPosition';

export interface DocumentReport {
  /** As the user would write it: relative to the given path's own form. */
  readonly path: string;
  /** Name of the part of the file that it is: `row 3`. */
  readonly part?: string;
  /** With their states where decisions are read (`--decisions`). */
  readonly tags: readonly (LabelScore & Partial<EffectiveTag>)[];
  /** Tags that were decided to be wrong; only where decisions are read. */
  readonly rejected?: readonly EffectiveTag[];
  readonly scores: readonly LabelScore[];
  /** Tags that the author wrote into the document. */
  readonly given: readonly string[];
  /** The sentence behind each tag, by label; empty where the format shows none, or the file has changed since. */
  readonly passages: ReadonlyMap<string, ReportPassage>;
}

/** Where it is in the file, and the text there. */
export interface ReportPassage extends Span {
  readonly text: string;
  readonly first: TextPosition;
  readonly last: TextPosition;
}

export interface SkippedReport {
  /** As people call it: with the part of the file that it is. */
  readonly path: string;
  readonly file: string;
  readonly reason: string;
  /** It should have been tagged, and could not. */
  readonly isFailure: boolean;
  /** A glob or an ignore file leaves it out. */
  readonly isLeftOut: boolean;
}

/** Counts of how the results came about. */
export interface TagStats {
  /** Read by the model in this run. */
  classified: number;
  /** Unchanged since an earlier run. */
  reused: number;
  /** Scored against other labels from kept vectors, without reading the text. */
  relabelled: number;
  skipped: number;
}
