// From the logits of a document's chunks to one score a label, with the chunk that earned it.
import type { ClassificationMode } from '../../core/labelSet';
import type { Span } from '../../core/tagResult';
import { AppError } from '../../shared/errors';
import { activate } from '../pipeline/postprocess';

export interface ChunkScores {
  /** [labels], 0 to 1. */
  readonly scores: Float32Array;
  /** [labels, 2]: start and end of the chunk that gave each score. */
  readonly evidence: Int32Array;
}

/**
 * Multi-label: sigmoid, then each label's best chunk. Single-label: softmax within each chunk, each label's best chunk, divided
 * by the sum over the labels (upstream's chunking pipeline). Of equal chunks the first.
 * @param logits [chunks][labels], at least one chunk.
 * @throws AppError inference-failed where a logit is not a number.
 */
export function aggregateChunks(
  logits: readonly ArrayLike<number>[],
  spans: readonly Span[],
  labelCount: number,
  mode: ClassificationMode,
): ChunkScores {
  for (const row of logits) checkFinite(row);
  const probabilities = logits.map((row) => activate(row, mode));
  return bestOfChunks(probabilities, spans, labelCount, mode);
}

/**
 * The same from probabilities.
 * @param probabilities [chunks][labels], at least one chunk; single-label: each row adds up to 1.
 */
export function bestOfChunks(
  probabilities: readonly (readonly number[])[],
  spans: readonly Span[],
  labelCount: number,
  mode: ClassificationMode,
): ChunkScores {
  const scores = new Float32Array(labelCount).fill(-1);
  const evidence = new Int32Array(labelCount * 2);
  for (const [chunk, row] of probabilities.entries()) {
    const span = spans[chunk] ?? { start: 0, end: 0 };
    for (const [label, score] of row.entries()) {
      if (score <= (scores[label] ?? 1)) continue;
      scores[label] = score;
      evidence.set([span.start, span.end], label * 2);
    }
  }
  if (mode === 'single-label' && probabilities.length > 1) {
    const total = scores.reduce((sum, score) => sum + score, 0);
    if (total > 0) for (const [label, score] of scores.entries()) scores[label] = score / total;
  }
  return { scores, evidence };
}

/** @throws AppError inference-failed where the model gave something that is not a number. */
export function checkFinite(values: ArrayLike<number>): void {
  if (Array.from(values).every(Number.isFinite)) return;
  throw new AppError(
    'inference-failed',
    'The model gave scores that are not numbers. The model file may be damaged, or made for other hardware.',
  );
}
