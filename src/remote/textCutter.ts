// How texts are cut for a server, wherever that is done: in the caller's thread, or in one of its own.
import type { Span } from '../core/tagResult';
import type { ClassificationTask, DocumentInput } from '../shared/classifier';

/** Model whose tokenizer counts tokens: that of the server, where `exact`; else one that comes near. */
export interface CutBy {
  readonly folder: string;
  readonly exact: boolean;
}

/** What is known of a model's texts before any is read. */
export interface TextFacts {
  /** sha256 of the files that decide where texts are cut. */
  readonly hash: string;
  /** Tokens of one pass, special tokens included. */
  readonly maxTokens: number;
  readonly readsExamples: boolean;
  /** Null where the server's model is not known. */
  readonly architecture: string | null;
  readonly defaultThreshold: number;
}

/** A chunk as it is sent: where it stands in its document, its text without markers, and the examples that fit beside it. */
export interface TextPart extends Span {
  readonly text: string;
  readonly examples: readonly { readonly text: string; readonly labels: readonly string[] }[];
}

/** Cuts texts for one task. */
export interface TaskTexts {
  /** As it is sent; empty for none. */
  readonly prompt: string;
  /** The chunks that a local model with this tokenizer would read; empty where there is nothing to read. */
  cut(document: DocumentInput): Promise<TextPart[]>;
  close(): void;
}

export interface TextCutter {
  /** Reads the tokenizer where that is not done. @throws AppError model-*. */
  facts(): Promise<TextFacts>;
  /** @throws AppError labels-cut, input-invalid, model-*. */
  open(task: ClassificationTask, chunkTokens: number): Promise<TaskTexts>;
  dispose(): void;
}
