// Messages between the extension host and the "Tags" webview. Parsed before use on both sides.
import type { DecideAct } from '../core/tree/decisions';
import { decideActs } from '../core/tree/decisions';
import type { RowTarget } from '../core/tree/rowTarget';
import type { GroupBy, MovedScore, SortBy, TreeDocument, TreeLabel, TreeScore } from '../core/tree/treeTypes';

export { decideActs };
export type { DecideAct, GroupBy, MovedScore, RowTarget, SortBy };

/** The most rows that are decided on at once. */
export const decideRowsLimit = 100_000;

/** A label of the active set, as the view needs it. */
export type ViewLabel = TreeLabel;
/** One document in the tree: enough to draw it closed and to group, filter and sort; details come on demand. */
export type DocumentSummary = TreeDocument;
/** One label row of an opened document. */
export type ScoreDetail = TreeScore;

export interface ViewProgress {
  readonly done: number;
  readonly total: number;
  readonly documentsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly state: 'running' | 'paused';
  /** Why documents that have tags are tagged again, where that is so. */
  readonly reason?: string;
}

/** Documents of the workspace that have tags of other labels, and none of those in use. */
export interface TaggedOtherwise {
  readonly documents: number;
  /** A run scores them from what is kept of their texts, as long as those have not changed. */
  readonly textsKept: boolean;
}

/** A line above the tree: what is wrong or worth knowing, with the one thing to do about it. */
export interface ViewNote {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  /** Title of its button; null where there is nothing to do. */
  readonly action: string | null;
  /** It can be sent away. Absent: it goes when it is no longer so. */
  readonly dismissible?: true;
}

/** What the view is about: the label set and model in use. */
export interface ViewState {
  readonly labelSetName: string | null;
  readonly labels: readonly ViewLabel[];
  /** Tells the set and its labels from all others: whose numbers the rows that follow have. */
  readonly labelsId: string;
  /** Names of parents whose children exclude each other. */
  readonly exclusive: readonly string[];
  readonly mode: 'multi-label' | 'single-label';
  readonly modelName: string | null;
  /** URL of the server that texts are sent to; absent where the model runs on this machine. */
  readonly server?: string;
  /** Why nothing can be tagged, in words, where that is so. */
  readonly problem: string | null;
  /** Told while there is nothing to show; absent where there are none. */
  readonly taggedOtherwise?: TaggedOtherwise;
  readonly notes?: readonly ViewNote[];
  /** A text editor is active: there is a selection to tag. Absent: not known. */
  readonly editorOpen?: boolean;
  /** There is a workspace to tag. Absent: not known. */
  readonly folderOpen?: boolean;
  /** Names of the steps that undo and redo would take, such as `accept 14 tags`; null where there is none. */
  readonly undo?: string | null;
  readonly redo?: string | null;
}

export type ToView =
  /** Documents and details sent before refer to the labels before: send the documents again when the labels change. */
  | ({ readonly type: 'state' } & ViewState)
  /** `reset` drops all documents first; otherwise documents are added or replaced by id. */
  | { readonly type: 'documents'; readonly reset: boolean; readonly documents: readonly DocumentSummary[] }
  | { readonly type: 'removed'; readonly ids: readonly string[] }
  | { readonly type: 'details'; readonly id: string; readonly scores: readonly ScoreDetail[] }
  | ({ readonly type: 'moved'; readonly id: string; readonly label: number } & MovedScore)
  | { readonly type: 'progress'; readonly progress: ViewProgress | null }
  /** Opens and focuses a document's row (after Classify Selection). */
  | { readonly type: 'reveal'; readonly id: string }
  /** Marks the row of the active editor's document, where it is in the tree and nothing hides it. */
  | { readonly type: 'follow'; readonly id: string }
  | { readonly type: 'group'; readonly by: GroupBy }
  | { readonly type: 'sort'; readonly by: SortBy }
  | { readonly type: 'command'; readonly command: 'filter' | 'collapseAll' }
  /**
   * A command without rows: about those that are selected in the page, else the active one. `byKey`: the keyboard was in the tree, as
   * far as the host knows; so it may have been a key of the tree.
   */
  | { readonly type: 'decide'; readonly act: DecideAct; readonly byKey: boolean };

export const viewRunCommands = [
  'classifySelection',
  'tagWorkspace',
  'chooseLabelSet',
  'showLog',
  'undoDecision',
  'redoDecision',
] as const;

export type ViewRunCommand = (typeof viewRunCommands)[number];

/** Commands that rows have buttons for. */
export const viewRowCommands = ['openRowToSide', 'tagAgain', 'previousPassage', 'nextPassage'] as const;

export type ViewRowCommand = (typeof viewRowCommands)[number];

/** The tree; the tree, in which a name is being typed; something else of the page, such as the filter; nothing of it. */
export const focusPlaces = ['tree', 'typing', 'page', 'none'] as const;
export type FocusPlace = (typeof focusPlaces)[number];

/** `labelsId`: of the state under which the rows came; where that is not the last one, their labels' numbers mean others now. */
export type FromView =
  /** The page is there and knows nothing but how its rows were arranged last time: send it everything. */
  | { readonly type: 'ready'; readonly group: GroupBy; readonly sort: SortBy }
  /** The scores of an opened document are wanted. */
  | { readonly type: 'expand'; readonly id: string }
  /** What decisions did to a score is wanted. */
  | { readonly type: 'whatMoved'; readonly id: string; readonly label: number }
  /** Opens the document at the evidence of a label, or at its start. */
  | { readonly type: 'open'; readonly id: string; readonly label: number | null; readonly toSide: boolean }
  | { readonly type: 'run'; readonly command: ViewRunCommand }
  /** The button of a note. */
  | { readonly type: 'act'; readonly note: string }
  | { readonly type: 'dismiss'; readonly note: string }
  /** Where in the page the keyboard focus is. */
  | { readonly type: 'focus'; readonly place: FocusPlace }
  /** The row that keys and commands without one act on; null while there are no rows. */
  | { readonly type: 'active'; readonly row: RowTarget | null; readonly labelsId: string }
  /** The table's rows, in their order, to the clipboard. */
  | { readonly type: 'copyTable'; readonly ids: readonly string[] }
  /** Decides on the tags of these rows: a label's row is about its tag, a document's or a folder's about all its tags. */
  | { readonly type: 'decide'; readonly act: DecideAct; readonly rows: readonly RowTarget[]; readonly labelsId: string }
  /** A button of a row. */
  | { readonly type: 'rowAct'; readonly command: ViewRowCommand; readonly row: RowTarget; readonly labelsId: string };
