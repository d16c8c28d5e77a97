// What a home of results answers: the memory of this window, or the workspace's index. Each document is at home in one of them.
import type * as vscode from 'vscode';
import type { EffectiveTags } from '../../core/review/effectiveTags';
import type { PlaceText } from '../../core/review/steps';
import type { TextRuns } from '../../core/excerpt';
import type { LabelScore, Span } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';
import type { ExportDocument } from '../../workspace/types';

/** Ids of documents: those of parts never appear, their document's does. */
export interface ResultChange {
  /** Everything may be different; the rest of the change is empty. */
  readonly reset: boolean;
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** A run has read the changed ones. */
  readonly wereRead?: true;
}

/** A place in a document. */
export interface Place {
  readonly uri: vscode.Uri;
  /** UTF-16 offsets; null where the passage is gone, or nothing but the document is meant. */
  readonly span: Span | null;
  /** Number of the notebook's cell, from 0; `span` is then none of the cell's. */
  readonly cell?: number;
  /** A folder, not a document. */
  readonly folder?: boolean;
}

/** What a narrower passage can be looked for in. */
export interface Evidence {
  /** What the model read, or a longer text that holds it. */
  readonly text: string;
  /** Chunks are places in `text`. */
  readonly tags: readonly LabelScore[];
  /** Of all labels, in the set's order. */
  readonly scores: readonly LabelScore[];
  /** The document's whole text, and where `text` stands in it. */
  readonly document: string;
  readonly runs: TextRuns;
}

/** A chunk of a document with the labels that fit it. */
export interface Section extends Span {
  readonly tags: readonly LabelScore[];
}

export interface ResultHome {
  readonly onDidChange: vscode.Event<ResultChange>;
  /** Documents that have something to show here, be it only in their parts. */
  ids(): string[];
  /** There is something to show for this document or part under the active label set. */
  has(id: string): boolean;
  /** Label indices refer to the active label set. Undefined where the id is not at home here. */
  summary(id: string): DocumentSummary | undefined;
  details(id: string): Promise<ScoreDetail[]>;
  /** The text that was read and its tags with their chunks in it; null where the text is no longer the one that was scored. */
  evidence(id: string): Promise<Evidence | null>;
  /** Where the label's evidence is, or the document where `label` is null. */
  place(id: string, label: number | null): Promise<Place | null>;
  /** Looks whether the document is still there; its row says where it is not. */
  isGone(id: string): Promise<boolean>;
  /** The tags of a document or part under the active label set, with what people decided; undefined where it has no scores. */
  effective(id: string): EffectiveTags | undefined;
  /** What a decision on this document or part is about; null where it has no scores, or is nothing that can be found again. */
  decidedPlace(id: string): Promise<PlaceText | null>;
  /** The document as the exports write it; null where it has no scores. */
  exported(id: string): Promise<ExportDocument | null>;
  /** The chunks of the evidence's text in their order with each one's own tags; empty where they are not known or out of date. */
  sections(id: string): Promise<readonly Section[]>;
}
