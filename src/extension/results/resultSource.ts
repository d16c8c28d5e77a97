// What the view, the status bar and the editors are told of results, wherever these are kept.
import type * as vscode from 'vscode';
import type { Span, TagResult } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';

export interface ResultChange {
  /** Everything may be different; the rest of the change is empty. */
  readonly reset: boolean;
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** A place in a document. */
export interface Place {
  readonly uri: vscode.Uri;
  /** UTF-16 offsets; null where the passage is gone, or nothing but the document is meant. */
  readonly span: Span | null;
}

export interface ResultSource {
  readonly onDidChange: vscode.Event<ResultChange>;
  ids(): Iterable<string>;
  /** Label indices refer to the active label set. Undefined where the id is not of this source. */
  summary(id: string): DocumentSummary | undefined;
  details(id: string): Promise<ScoreDetail[]>;
  /** Where the label's evidence is, or the document where `label` is null. */
  place(id: string, label: number | null): Promise<Place | null>;
  /** The tags of a file as a whole, under the active label set. */
  tagsOf(uri: vscode.Uri): TagResult | undefined;
}
