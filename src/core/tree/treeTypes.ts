// The vocabulary of the results tree: what goes in (documents, labels, scores) and what comes out (rows).

/** A label of the active set, as the tree needs it. */
export interface TreeLabel {
  /** Full name in dot notation; unique. */
  readonly name: string;
  /** Parts of the name, root first; never empty. */
  readonly path: readonly string[];
  /** Lowest score that counts as a tag, 0 to 1. */
  readonly threshold: number;
}

/** What people have decided of a tag (core/review); absent: nobody has, it is proposed by the model. */
export interface TreeDecision {
  readonly state?: 'accepted' | 'added';
  /** People decided differently, and nobody since. */
  readonly conflict?: true;
  /** Decided when the document had another text. */
  readonly olderText?: true;
}

/** A tag: index into the labels, score 0 to 1. */
export interface TreeTag extends TreeDecision {
  readonly label: number;
  readonly score: number;
}

/** One document: enough to draw it closed and to group, filter and sort. */
export interface TreeDocument {
  /** Stable and unique: the URI of a file, or `selection:…`. */
  readonly id: string;
  /** What the row says: the path relative to its workspace folder, or `name:line-line` for a selection. */
  readonly title: string;
  /** Path segments for grouping by folder, workspace folder first where there are several. */
  readonly folders: readonly string[];
  /** It is a part of a file that is read in parts; the last of `folders` is that file. */
  readonly inFile?: true;
  /** Tags that stand, best first: what the model proposes, less what was rejected, with what was accepted and added. */
  readonly tags: readonly TreeTag[];
  /** Tags that the model proposes and people rejected, best first; absent where there are none. */
  readonly rejected?: readonly Omit<TreeTag, 'state'>[];
  /** Somebody decided that no label fits. */
  readonly noneFits?: true;
  readonly chunkCount: number;
  /** The text, the label set or the model changed since. */
  readonly stale: boolean;
  /** Why the document has no tags, where it was skipped or failed. */
  readonly skipped?: string;
  /** Tags that the author wrote into the document; absent where there are none. */
  readonly given?: readonly string[];
  /** The file was not there when it was looked for last. */
  readonly missing?: true;
  /** Selections of it that were tagged by themselves, as they came: rows under the document. A part has none of its own. */
  readonly parts?: readonly TreeDocument[];
  /** Only parts of it were tagged; the document as a whole has no result. */
  readonly partsOnly?: true;
  /** When it was tagged, in ms since 1970, where that is known; documents of one run share one time. */
  readonly taggedMs?: number;
}

/** What decisions did to the score of one label. */
export interface MovedScore {
  /** Without what they taught. */
  readonly before: number;
  /** Decided documents that did most, at most three. */
  readonly by: readonly {
    readonly title: string;
    /** The label was given to it; false: it was said not to carry it; null: only other labels were decided on. */
    readonly carries: boolean | null;
    /** The score, less what it would be without this document's decisions. */
    readonly change: number;
  }[];
}

/** One label's score in an opened document, with the passage that earned it. */
export interface TreeScore {
  readonly label: number;
  readonly score: number;
  readonly tag: boolean;
  /** What people decided of it; absent: nobody has. A rejected one is no tag. */
  readonly decided?: 'accepted' | 'added' | 'rejected';
  /** The passage, cut to a few hundred characters; empty where it cannot be shown. */
  readonly evidence: string;
  /** 1-based lines of the passage. */
  readonly startLine: number;
  readonly endLine: number;
}

/** `review`: no groups, but the queue of single tags that nobody has decided on. */
export const groupBys = ['file', 'folder', 'label', 'review'] as const;
export type GroupBy = (typeof groupBys)[number];

/**
 * `default` is the newest first in the flat list, by name in folders, by score among the documents of one label. In the queue of
 * review it is what is least certain first; `name` and `score` go through it label by label.
 */
export type SortBy = 'default' | 'name' | 'score' | 'newest';

interface RowBase {
  /** Unique among the visible rows and stable over patches. */
  readonly key: string;
  /** 1-based depth, for `aria-level`. */
  readonly level: number;
  /** 1-based place among its siblings, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  /** Null where there is nothing to open. */
  readonly open: boolean | null;
}

export interface FolderRow extends RowBase {
  readonly kind: 'folder';
  readonly name: string;
  /** A file that is read in parts, which stand in it. */
  readonly file: boolean;
  /** Names from the top down, separated by `/`. */
  readonly path: string;
  readonly documents: number;
}

/** A label or a parent of labels, in the grouping by label. */
export interface LabelGroupRow extends RowBase {
  readonly kind: 'label';
  readonly name: string;
  readonly fullName: string;
  readonly exclusive: boolean;
  readonly documents: number;
  /** Mean score of the documents' tags in this label and below it, 0 to 1; null without any. */
  readonly average: number | null;
}

/** The documents without a tag, in the grouping by label. */
export interface RestGroupRow extends RowBase {
  readonly kind: 'rest';
  readonly rest: 'none' | 'skipped';
  readonly documents: number;
}

export interface DocumentRow extends RowBase {
  readonly kind: 'document';
  readonly document: TreeDocument;
  /** The tag under which the row stands, in the grouping by label. */
  readonly tag: TreeTag | null;
  /** Say the file's name only: the folders stand above. */
  readonly short: boolean;
}

/** A selection under its opened document; opens to its own scores. `document` is the part. */
export interface PartRow extends RowBase {
  readonly kind: 'part';
  readonly document: TreeDocument;
  /** The lines: `13-14`. */
  readonly name: string;
}

/** A parent of labels inside an opened document. */
export interface ParentRow extends RowBase {
  readonly kind: 'parent';
  readonly document: TreeDocument;
  readonly name: string;
  readonly exclusive: boolean;
  readonly tags: number;
  /** Tags under it that people rejected. */
  readonly rejected: number;
  /** Other labels under it that are no tags, and what all of them miss (see FoldRow). */
  readonly others: number;
  readonly below: number | 'own' | null;
}

export interface ScoreRow extends RowBase {
  readonly kind: 'score';
  readonly document: TreeDocument;
  readonly name: string;
  /** `tag` and `decided` are those of the document where it is newer than the scores. */
  readonly score: TreeScore;
  readonly conflict?: true;
  readonly olderText?: true;
}

/** "2 rejected": opens to the tags that people rejected. */
export interface RejectedFoldRow extends RowBase {
  readonly kind: 'rejectedFold';
  readonly document: TreeDocument;
  readonly count: number;
}

/** A tag to be decided, in the queue of review. */
export interface ReviewRow extends RowBase {
  readonly kind: 'review';
  /** The document, or the part of it that has the tag. */
  readonly document: TreeDocument;
  readonly tag: TreeTag;
  /** The one in force of several verdicts that differ is "rejected". */
  readonly rejected: boolean;
  /** Last part of the label's name. */
  readonly name: string;
  /** The passage; empty until it is known. */
  readonly evidence: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** "6 more below .50": opens to the labels that are no tags. */
export interface FoldRow extends RowBase {
  readonly kind: 'fold';
  readonly document: TreeDocument;
  readonly count: number;
  /** The threshold that all of them miss; `own`: each its own; null where one reached it and lost to a sibling (exclusive, single-label). */
  readonly below: number | 'own' | null;
}

/** `none`: nothing fits. `skipped`: why there are no scores. `loading`: the scores are on their way. `given`: the author's tags. */
export interface NoteRow extends RowBase {
  readonly kind: 'none' | 'skipped' | 'loading' | 'given';
  readonly document: TreeDocument;
}

export type GroupRow = FolderRow | LabelGroupRow | RestGroupRow;
export type InnerRow = PartRow | ParentRow | ScoreRow | FoldRow | RejectedFoldRow | NoteRow;
export type Row = GroupRow | DocumentRow | InnerRow | ReviewRow;
