// What the tools ask: the editor answers from its window, the command line from an index and folders.
import type { CancelSignal } from '../shared/classifier';

/** Where something stands in a document. Offsets are UTF-16 units into the decoded file, half open. */
export interface AgentPlace {
  readonly start: number;
  readonly end: number;
  /** From 1; absent where the file cannot be read as it was. */
  readonly line?: number;
  readonly endLine?: number;
}

export interface AgentScore extends Partial<AgentPlace> {
  /** Full name of the label. */
  readonly label: string;
  /** Probability. */
  readonly score: number;
  /** What people decided of it; absent: nobody has. */
  readonly state?: 'accepted' | 'added';
}

export interface AgentLabelSet {
  readonly name: string;
  /** The one that counts where none is named. */
  readonly inUse: boolean;
  readonly mode: string;
  readonly threshold: number;
  readonly labels: readonly { readonly name: string; readonly description?: string }[];
}

export interface ClassifyRequest {
  /** Either a text, or the path of a document. */
  readonly text?: string;
  readonly path?: string;
  /** Name of a set, or labels of the agent's own; the set in use where both are absent. */
  readonly labelSet?: string;
  readonly labels?: readonly string[];
}

export interface Classified {
  /** Null for labels of the agent's own. */
  readonly labelSet: string | null;
  readonly model: string;
  /** Best first. */
  readonly tags: readonly AgentScore[];
  /** All labels, best first. */
  readonly scores: readonly AgentScore[];
}

export interface FindRequest {
  /** In the search language (core/query). */
  readonly search: string;
  /** Only documents in this folder, or this file. */
  readonly path?: string;
  readonly labelSet?: string;
  readonly limit: number;
}

export interface FoundDocument {
  readonly path: string;
  /** Of a file that is read in parts: `row 3`. */
  readonly part?: string;
  readonly tags: readonly AgentScore[];
  /** Tags that the author wrote into the document. */
  readonly given?: readonly string[];
  /** The text, the labels or the model have changed since it was tagged. */
  readonly stale?: true;
}

export interface FoundDocuments {
  readonly labelSet: string;
  /** How many match. */
  readonly total: number;
  /** Best first; at most `limit`. */
  readonly documents: readonly FoundDocument[];
}

export interface PassagesRequest {
  readonly query: string;
  /** Only documents that match this search. */
  readonly search?: string;
  readonly path?: string;
  readonly limit: number;
}

export interface FoundPassage extends AgentPlace {
  readonly path: string;
  readonly part?: string;
  readonly score: number;
  readonly text: string;
}

/** All reject with an AppError whose message says what to do. */
export interface AgentSource {
  labelSets(): Promise<readonly AgentLabelSet[]>;
  classify(request: ClassifyRequest, signal: CancelSignal): Promise<Classified>;
  findByTag(request: FindRequest, signal: CancelSignal): Promise<FoundDocuments>;
  findPassages(request: PassagesRequest, signal: CancelSignal): Promise<readonly FoundPassage[]>;
}
