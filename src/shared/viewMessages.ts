// Messages between the extension host and the "Tags" webview. Parsed before use on both sides.

/** A label of the active set, as the view needs it. */
export interface ViewLabel {
  readonly name: string;
  readonly path: readonly string[];
  readonly threshold: number;
}

/** One document in the tree: enough to draw it closed and to group, filter and sort; details come on demand. */
export interface DocumentSummary {
  /** Stable id: the URI of a file, or `selection:…`. */
  readonly id: string;
  /** What the row says: the path relative to its workspace folder, or `name:line-line` for a selection. */
  readonly title: string;
  /** Path segments for grouping by folder, workspace folder first where there are several. */
  readonly folders: readonly string[];
  /** Tags, best first: index into the labels of the state, score 0 to 1. */
  readonly tags: readonly { readonly label: number; readonly score: number }[];
  readonly chunkCount: number;
  readonly stale: boolean;
  /** Why the document has no tags, where it was skipped or failed. */
  readonly skipped?: string;
}

/** One label row of an opened document. */
export interface ScoreDetail {
  readonly label: number;
  readonly score: number;
  readonly tag: boolean;
  /** The passage that earned the score, cut to a few hundred characters; empty where it cannot be shown. */
  readonly evidence: string;
  /** 1-based lines of the passage. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface ViewProgress {
  readonly done: number;
  readonly total: number;
  readonly documentsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly state: 'running' | 'paused';
}

export type ToView =
  | {
      readonly type: 'state';
      readonly labelSetName: string | null;
      readonly labels: readonly ViewLabel[];
      readonly exclusive: readonly string[];
      readonly mode: 'multi-label' | 'single-label';
      readonly modelName: string | null;
      /** Why nothing can be tagged, in words, where that is so. */
      readonly problem: string | null;
    }
  /** `reset` drops all documents first; otherwise documents are added or replaced by id. */
  | { readonly type: 'documents'; readonly reset: boolean; readonly documents: readonly DocumentSummary[] }
  | { readonly type: 'removed'; readonly ids: readonly string[] }
  | { readonly type: 'details'; readonly id: string; readonly scores: readonly ScoreDetail[] }
  | { readonly type: 'progress'; readonly progress: ViewProgress | null }
  /** Opens and focuses a document's row (after Classify Selection). */
  | { readonly type: 'reveal'; readonly id: string }
  | { readonly type: 'group'; readonly by: GroupBy }
  | { readonly type: 'command'; readonly command: 'filter' | 'collapseAll' };

export type GroupBy = 'file' | 'folder' | 'label';

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'expand'; readonly id: string }
  /** Opens the document at the evidence of a label, or at its start. */
  | { readonly type: 'open'; readonly id: string; readonly label: number | null; readonly toSide: boolean }
  | { readonly type: 'run'; readonly command: 'classifySelection' | 'tagWorkspace' | 'chooseLabelSet' | 'showLog' }
  | { readonly type: 'focus'; readonly focused: boolean };
