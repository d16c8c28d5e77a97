// The words that finding, reading, keeping and running share: files, skips, tasks, stored documents, progress.
import type { EffectiveTag } from '../core/review/decision';
import type { TextRuns } from '../core/excerpt';
import type { LabelScore } from '../core/tagResult';
import type { CancelSignal } from '../shared/classifier';
import type { ErrorCode } from '../shared/errors';
import type { ChosenFiles } from './find/chosenFiles';
import type { SplitOf } from './split/splitRule';

/** What a directory entry is. `symlink` whatever it points to: links are never followed. */
export type EntryKind = 'file' | 'directory' | 'symlink' | 'other';

export interface FileStat {
  readonly kind: EntryKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970, as exact as the file system tells. */
  readonly mtimeMs: number;
}

/** The file system as the finder and the reader see it: node:fs (find/nodeFileTree), or the editor's. URIs are opaque strings. */
export interface FileTree {
  /** Entries of a directory in any order. Rejects when it cannot be read. */
  readDirectory(uri: string): Promise<readonly (readonly [name: string, kind: EntryKind])[]>;
  /** Rejects when there is nothing. */
  stat(uri: string): Promise<FileStat>;
  readFile(uri: string): Promise<Uint8Array>;
  /** URI of an entry of a directory. */
  child(uri: string, name: string): string;
  /** URI of the directory that holds this one; null at the top. Needed for `parentIgnoreFiles` only. */
  parent?(uri: string): string | null;
}

/** A folder to look through; or one file, which is then taken without asking globs and ignore files. */
export interface FindRoot {
  readonly uri: string;
  /** What people call it: the workspace folder's name. */
  readonly name: string;
  /**
   * Look only here: path of a folder or file below `uri`, separated by `/`. Globs stay relative to `uri`, ignore files on
   * the way down count, so a run over a folder takes exactly what a run over the workspace takes there.
   */
  readonly start?: string;
  /** Somebody named `start` itself: it is one file, which no glob and no ignore file leaves out. */
  readonly asked?: true;
  /** `files.exclude` and `search.exclude` of this folder, with their own meaning: `*.md` matches at the root only. */
  readonly hidden?: readonly HiddenGlob[];
}

/** An entry of `files.exclude` or `search.exclude`. */
export interface HiddenGlob {
  /** VS Code glob, relative to the root. */
  readonly glob: string;
  /** Hidden only where this sibling exists: `$(basename).ts`. */
  readonly when?: string;
}

export interface FindOptions {
  readonly roots: readonly FindRoot[];
  /** Of what is in the roots, look only at these. Default: at everything. */
  readonly only?: ChosenFiles;
  /** Globs as in the search box: `*.md` matches at any depth, `docs/**` from the root. Empty: all files. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Honour `.gitignore` and `.git/info/exclude`; `.glitagignore` always counts. Default true. */
  readonly gitIgnore?: boolean;
  /** Honour ignore files above a root, up to its git repository's top. Default false. */
  readonly parentIgnoreFiles?: boolean;
  /** Ignore files match without regard to case. Default: on Windows and macOS, as git does there. */
  readonly ignoreCase?: boolean;
  /** Larger files are skipped. Default `defaultLimits.maxFileBytes`. */
  readonly maxFileBytes?: number;
  /** `names`: nothing is stat'ed, size and mtimeMs are 0, no `too-large` (to count quickly). Default `full`. */
  readonly detail?: 'full' | 'names';
  readonly signal?: CancelSignal;
}

/** Where a document is. */
export interface DocumentPlace {
  /** Unique and stable. */
  readonly uri: string;
  /** Name of its root: the workspace folder. */
  readonly root: string;
  /** Relative to the root, separated by `/`. */
  readonly path: string;
  /** What people call the part of the file that it is: `row 3`; absent where it is the file. */
  readonly part?: string;
}

export interface FoundFile extends DocumentPlace {
  /** Bytes. */
  readonly size: number;
  readonly mtimeMs: number;
}

/** What the index keeps of a document beside its text. */
export interface DocumentSource {
  /** How the file was read (read/readableText, readingOf). */
  readonly reading: string;
  /** Where the text that was read stands in the file. */
  readonly runs: TextRuns;
  /** Tags that the author wrote into the document. */
  readonly given: readonly string[];
  /** In how many parts, each a document of its own; absent where the file is one document, and for its parts. */
  readonly parts?: number;
}

/** A file that has been read, or of which is known what reading it would give. */
export interface SourceFile extends FoundFile {
  readonly source: DocumentSource;
}

/** Every reason for which a file gets no tags; `skipSentences` (find/skipReasons) says each in words. */
export const skipReasons = [
  'excluded',
  'ignored',
  'symlink',
  'special-file',
  'too-large',
  'empty',
  'binary',
  'minified',
  'unfit',
  'undecodable',
  'export',
  'unreadable',
  'failed',
] as const;

export type SkipReason = (typeof skipReasons)[number];

export interface Skip extends DocumentPlace {
  readonly reason: SkipReason;
  /** The rule, limit or error behind it, in words: `rule "*.log" in .gitignore`. Never document text. */
  readonly detail: string;
  /** The skip is of a whole folder and all in it. */
  readonly folder: boolean;
  /** For `failed`. */
  readonly code?: ErrorCode;
}

export type FoundEntry =
  { readonly type: 'file'; readonly file: FoundFile } | { readonly type: 'skip'; readonly skip: Skip };

export interface ReadLimits {
  readonly maxFileBytes: number;
  /** Characters of the longest line; a longer one of mostly unbroken text makes a file `minified`. */
  readonly maxLineLength: number;
}

export const defaultLimits: ReadLimits = { maxFileBytes: 1_048_576, maxLineLength: 20_000 };

export interface FrontMatterOptions {
  /** The key that holds the tags, in any case. */
  readonly key: string;
  /** The model reads front matter too, except for the tags: it would only read its own answer. */
  readonly read: boolean;
}

export interface ReadOptions extends Partial<ReadLimits> {
  /** VS Code's name of the encoding (`files.encoding`) for a file. A BOM wins. Default `utf8`. */
  readonly encodingOf?: (uri: string) => string;
  /** The editor's text of a document with unsaved changes; wins over the disk. */
  readonly textOf?: (uri: string) => string | undefined;
  /** Of Markdown documents. Default: left out, with its tags under `tags`. */
  readonly frontMatter?: FrontMatterOptions;
  /** Which files are read in parts. */
  readonly splitOf?: SplitOf;
}

export type ReadResult =
  | {
      readonly ok: true;
      /** What the model reads. */
      readonly text: string;
      /** The whole file, as the editor has it: BOM gone, mixed line endings made equal, so that UTF-16 offsets agree. */
      readonly file: string;
      readonly source: DocumentSource;
      /** sha256 of the text's UTF-8, hex. */
      readonly hash: string;
      /** The text came from the editor, so size and time on disk say nothing of it. */
      readonly fromEditor: boolean;
    }
  | ReadRefusal;

export interface ReadRefusal {
  readonly ok: false;
  readonly reason: SkipReason;
  readonly detail: string;
}

/** What results are kept under, besides content and model (store/taskIdentity makes it from a label set). */
export interface TaskIdentity {
  /** sha256 of all that decides scores: labels, mode, prompt, examples, chunk length. Never thresholds. */
  readonly hash: string;
  /** sha256 of what decides document vectors: prompt and chunk length. */
  readonly documentHash: string;
  /** The label set's name, for people. */
  readonly name: string;
  /** Full label names in the order of the scores. */
  readonly labels: readonly string[];
}

/** What the store knows of a document under one task. */
export interface StoredDocument extends DocumentPlace {
  /** Row id: stable while the document exists, ascending in the order of arrival. */
  readonly id: number;
  /** Probabilities, [labels], in the task's order. */
  readonly scores: Float32Array;
  readonly chunkCount: number;
  /** The document, or the model, is no longer the one that gave these scores. */
  readonly stale: boolean;
  /** The document's text is no longer the one that gave these scores. */
  readonly changed: boolean;
  readonly given: readonly string[];
}

export interface StoredDetails extends StoredDocument {
  /** [labels, 2]: UTF-16 start and end of the chunk that gave each score, in the text that was read. */
  readonly evidence: Int32Array;
  readonly modelName: string;
  readonly modelHash: string;
  /** sha256 of the text that was scored, hex. */
  readonly contentHash: string;
  /** Where that text stood in the file when it was seen last. */
  readonly runs: TextRuns;
}

/** Something to tell the user once after opening: a damaged index was set aside. */
export interface StoreNotice {
  readonly kind: 'rebuilt';
  /** Path of the damaged file. */
  readonly setAside: string;
  readonly message: string;
}

export interface RunStats {
  /** Texts that the model read in this run. */
  readonly classified: number;
  /** Documents whose kept result was still right, and copies of a text classified in this run. */
  readonly reused: number;
  /** Documents scored from kept vectors: neither read nor encoded. */
  readonly relabelled: number;
  /** Files and whole folders left out, failures included: one for each skip. */
  readonly skipped: number;
  /** Of those: read, but the model could not classify them. */
  readonly failed: number;
  /** Documents that were gone (deleted, renamed, excluded by now). Only a finished run removes. */
  readonly removed: number;
}

/** Tags that a run makes anew because another model gave them. */
export interface ModelChange {
  /** Documents in the run's folders whose tags are another model's, and whose text this one has not scored. */
  readonly documents: number;
  /** Name of the model of this run. */
  readonly model: string;
  /** Some of those tags are of a model of the same name, whose files have changed since. */
  readonly sameName: boolean;
  /** All of those tags are of this very model, which reads other decided examples by now, or none any more. */
  readonly onlyExamples: boolean;
}

export type RunState = 'running' | 'paused' | 'finished' | 'cancelled' | 'failed';

export interface RunProgress {
  /** Files dealt with, skipped ones included. */
  readonly done: number;
  /** Files to deal with; grows until `counted`. */
  readonly total: number;
  /** `total` is final. */
  readonly counted: boolean;
  readonly documentsPerSecond: number;
  readonly secondsLeft: number | null;
  readonly state: RunState;
  readonly stats: RunStats;
  /** Documents whose tags are of another model, as the run found them; null where there are none. */
  readonly modelChange: ModelChange | null;
}

/** One document with its decision, as the exports write it. */
export interface ExportDocument extends DocumentPlace {
  readonly stale: boolean;
  /** With their states where people's decisions are known. */
  readonly tags: readonly (LabelScore & Partial<EffectiveTag>)[];
  /** Tags that people rejected; written to JSON Lines. */
  readonly rejected?: readonly EffectiveTag[];
  /** Tags that the author wrote into the document. */
  readonly given?: readonly string[];
  /** All labels in the set's order; written to JSON Lines where they are there. */
  readonly scores?: readonly LabelScore[];
}

/** A replacement in a text: UTF-16 offsets, half-open. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}
