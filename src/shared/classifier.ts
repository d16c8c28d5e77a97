// The one interface behind which a model works: local child process, remote server, deterministic fake for tests.
import type { ClassificationMode, Example, LabelSet } from '../core/labelSet';
import type { ErrorCode } from './errors';

/** The part of AbortSignal that is used here; shared code knows neither Node nor the DOM. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface DocumentInput {
  /** Any string that is unique in the call. */
  readonly id: string;
  readonly text: string;
  /** UTF-16 offsets at which a chunk should rather begin (editor symbols); ascending. Found from the text where absent. */
  readonly breaks?: readonly number[];
  /**
   * Positions of decided examples of the task (those with `rejected`) that say most about this text, nearest first
   * (nearestExamples). A model that reads examples takes the first that fit; without effect on all others.
   */
  readonly nearestExamples?: readonly number[];
}

/** What the model is asked, in the model's terms. Equal tasks give equal scores; thresholds are not part of it. */
export interface ClassificationTask {
  /** Exactly what the model reads for each label, in label-set order. */
  readonly labels: readonly string[];
  readonly mode: ClassificationMode;
  readonly prompt?: string;
  readonly examples: readonly Example[];
  /** How a model that reads examples reads them; see LabelSet. */
  readonly exampleForm?: LabelSet['exampleForm'];
}

export interface ClassifyOptions {
  readonly signal?: CancelSignal;
  /** Longest chunk in tokens, special tokens included; the model's own limit where absent or larger. */
  readonly chunkTokens?: number;
  /** Also return the document vectors; without effect where the model does not keep any (`keepsVectors`). */
  readonly vectors?: boolean;
  /** Called from time to time with the number of finished documents of this call. */
  readonly onProgress?: (done: number) => void;
  /**
   * `interactive`: someone waits for it, so it goes ahead of all background calls. `background` where absent; calls of
   * one priority take turns.
   */
  readonly priority?: 'interactive' | 'background';
}

export type RescoreOptions = Pick<ClassifyOptions, 'signal' | 'priority'>;

/** Document vectors of a split bi-encoder, one a chunk: they can be kept and scored against other labels later. */
export interface DocumentVectors {
  /** Row-major [chunks, dimensions]. */
  readonly values: Float32Array;
  /** [chunks, 2]: UTF-16 start and end of each chunk. */
  readonly spans: Int32Array;
}

/** A document of which its vectors stand for the text. */
export interface KeptDocument {
  readonly id: string;
  readonly vectors: DocumentVectors;
  /**
   * Positions of examples of the task that teach nothing for this document. Where it is there, also empty, labels are moved more precisely:
   * such scores are to be compared with each other.
   */
  readonly without?: readonly number[];
}

export interface DocumentScores {
  readonly ok: true;
  readonly id: string;
  /** Probabilities, [labels], in the task's order. */
  readonly scores: Float32Array;
  /** [labels, 2]: UTF-16 start and end of the chunk that gave each score. */
  readonly evidence: Int32Array;
  readonly chunkCount: number;
  readonly vectors?: DocumentVectors;
}

export interface DocumentFailure {
  readonly ok: false;
  readonly id: string;
  readonly code: ErrorCode;
  readonly message: string;
}

export type DocumentOutcome = DocumentScores | DocumentFailure;

/** What a backend really does, so that nothing it would silently drop is ever offered. */
export interface ModelDescription {
  readonly name: string;
  /** sha256 of the files that decide scores; part of every result's key. */
  readonly hash: string;
  readonly architecture: string;
  readonly graph: string;
  /** Tokens of one pass, special tokens included. */
  readonly maxTokens: number;
  /** Most labels of one pass; null where the graph takes any number. */
  readonly maxLabels: number | null;
  readonly defaultThreshold: number;
  /** Length of a document vector; null where the model reads text and labels together. */
  readonly vectorSize: number | null;
  readonly capabilities: {
    readonly examples: 'native' | 'emulated' | 'none';
    readonly prompt: 'native' | 'emulated' | 'none';
    /** Document vectors can be kept and scored against other labels (`rescore`). */
    readonly keepsVectors: boolean;
    /** Why something is missing, in words to be shown where it would be. */
    readonly reasons?: { readonly vectors?: string; readonly examples?: string };
  };
}

export interface Classifier {
  /** Loads the model if it must be. Throws AppError: model-*, native-load-failed, child-stopped, cancelled. */
  describe(signal?: CancelSignal): Promise<ModelDescription>;
  /** There will be something to classify or rescore: whatever takes time before that may begin. Never fails. */
  prepare(): void;
  /**
   * One outcome a document, in the order given. A document's own failure is an outcome; what hits all is thrown
   * (AppError: labels-cut, model-*, child-stopped, server-*, cancelled). Scores are those of the model that `describe` told of last.
   */
  classify(
    documents: readonly DocumentInput[],
    task: ClassificationTask,
    options?: ClassifyOptions,
  ): Promise<DocumentOutcome[]>;
  /** Scores kept vectors against another task; the text is not needed. Only with `capabilities.keepsVectors`. */
  rescore(
    documents: readonly KeptDocument[],
    task: ClassificationTask,
    options?: RescoreOptions,
  ): Promise<DocumentOutcome[]>;
  dispose(): Promise<void>;
}
