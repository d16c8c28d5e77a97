// What other extensions get from `extensions.getExtension('glitag.glitag').activate()` (docs/API.md). It imports nothing, so that its
// types can be taken alone. What breaks callers raises `apiVersion`; additions do not: ask for them by name (`'find' in api`).

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

/** As `vscode.Disposable`. */
export interface ApiDisposable {
  dispose(): void;
}

/** As `vscode.Event`. */
export type ApiEvent<T> = (
  listener: (event: T) => unknown,
  thisArgs?: unknown,
  disposables?: ApiDisposable[],
) => ApiDisposable;

/** Documents of which tags, decisions or staleness are others now; what happens within a tenth of a second is told together. */
export interface ApiTagsChange {
  /** Everything may be different, such as under another label set; `documents` is empty then. */
  readonly all: boolean;
  /** Ids of documents, those that are gone among them; a document stands for its parts. */
  readonly documents: readonly string[];
}

export interface ApiFound {
  /** How many match. */
  readonly total: number;
  /** Best first, at most as many as were asked for. */
  readonly documents: readonly ApiDocument[];
}

export interface ApiPassagesOptions {
  /** Only in documents that match this search, in the language of the view's filter. */
  readonly search?: string;
  /** Passages at most; 20 where absent. */
  readonly limit?: number;
  readonly signal?: ApiSignal;
}

export interface ApiPassage {
  /** URI of the document as a string. */
  readonly document: string;
  /** UTF-16 offsets in the document, half open. */
  readonly start: number;
  readonly end: number;
  /** On which line it begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** Probability, 0 to 1: what the model makes of the question as a label of the passage. */
  readonly score: number;
}

export interface ApiPassages {
  /** Best first. */
  readonly passages: readonly ApiPassage[];
  /** Documents that there were: those of the index and those that are open. */
  readonly documents: number;
  /** Of these: not read, because there was too much text. */
  readonly leftOut: number;
}

/** A decision, also of earlier windows and of other people. */
export interface ApiDecision {
  /** Id of the document; null where its workspace folder is not open. */
  readonly document: string | null;
  /** Path in the workspace folder; a URI where the document lies in none. */
  readonly path: string;
  /** Name of the label set. */
  readonly labelSet: string;
  /** Full label name; null for `none-fits`, which is about all labels. */
  readonly label: string | null;
  readonly verdict: 'accepted' | 'rejected' | 'added' | 'none-fits';
  /** The passage that was decided on; absent: the document as a whole. */
  readonly passage?: string;
  /** Who decided, where a name is known. */
  readonly author?: string;
  /** Milliseconds since 1970. */
  readonly decidedMs: number;
}

/** A label of the active label set at a document, be it a tag or not. */
export interface ApiTarget {
  /** Id of a document or of a part of one. */
  readonly document: string;
  /** Full label name. */
  readonly label: string;
}

export interface ApiDecideOptions {
  /** Who decides; the decision carries it. Your extension's id or name, or the name of the person who decided in it. */
  readonly author: string;
}

/**
 * What people decide of tags. Each call is one step, which “Undo Decision” takes back. It resolves to the number of decisions that
 * are others now; documents without scores, and what was decided so already, are passed over. Rejects with an Error that has a `code`:
 * `input-invalid` for a label that the active set does not have, `index-*` where decisions cannot be kept.
 */
export interface ApiDecisions {
  /** All there are, of all label sets. */
  list(): Promise<readonly ApiDecision[]>;
  /** A label that is no tag is added. */
  accept(targets: readonly ApiTarget[], options: ApiDecideOptions): Promise<number>;
  /** What somebody added goes. */
  reject(targets: readonly ApiTarget[], options: ApiDecideOptions): Promise<number>;
  /** Gives documents a label that the model did not. */
  add(documents: readonly string[], label: string, options: ApiDecideOptions): Promise<number>;
  /** The tags are the model's again; an added one goes. */
  takeBack(targets: readonly ApiTarget[], options: ApiDecideOptions): Promise<number>;
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

  /** Tags, decisions or staleness of documents have changed. */
  readonly onDidChangeTags: ApiEvent<ApiTagsChange>;
  /** Documents by a search in the language of the view's filter: `bug report -urgent @score:.6`. `limit`: 100 where absent. */
  find(search: string, limit?: number): Promise<ApiFound>;
  /** The passages of the workspace, and of open documents, that are nearest to a question or a phrase. */
  findPassages(question: string, options?: ApiPassagesOptions): Promise<ApiPassages>;
  readonly decisions: ApiDecisions;
}
