// What the engine needs of an architecture: how a chunk becomes a row, and what a pass of rows gives.
import type { EncodedRow } from '../pipeline/encodeRow';

/** Fewer tokens than this say nothing about a text. */
export const minTextTokens = 16;

export interface RowOutput {
  /** [labels]. */
  readonly logits: Float32Array;
  /** The text's vector, where the model has one that does not depend on the labels. */
  readonly vector: Float32Array | null;
}

/** One task on one model, prepared: labels checked, and encoded where that is possible. */
export interface TaskScorer {
  /** Most tokens of a chunk's text, without special tokens: what labels, prompt and examples leave. */
  readonly maxTextTokens: number;
  /** Tokens of a piece of text, without special tokens. */
  count(text: string): number;
  /**
   * The row of a chunk; `cutTokens` above 0 says that it does not fit.
   * @param nearestExamples Those of its document.
   */
  encode(text: string, nearestExamples: readonly number[]): EncodedRow;
  /** One pass. @throws AppError inference-failed, out-of-memory. */
  run(rows: readonly EncodedRow[]): Promise<RowOutput[]>;
}
