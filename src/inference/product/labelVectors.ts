// The labels of a task as vectors: with the vectors of a text they are all that scores take, wherever both are at hand.
import type { ClassificationMode } from '../../core/labelSet';
import type { DocumentOutcome, DocumentVectors, KeptDocument } from '../../shared/classifier';
import { AppError, asAppError } from '../../shared/errors';
import { aggregateChunks } from './aggregate';
import { failedOutcome } from './documentWork';
import { dot } from './dot';

export class LabelVectors {
  /** Length of one. */
  private readonly size: number;

  /** @param values Row-major [labels, dimensions]. */
  constructor(
    readonly values: Float32Array,
    readonly count: number,
  ) {
    this.size = values.length / count;
  }

  /** @param rows [labels][dimensions], at least one. */
  static of(rows: readonly Float32Array[]): LabelVectors {
    const size = rows[0]?.length ?? 0;
    const values = new Float32Array(rows.length * size);
    for (const [row, vector] of rows.entries()) values.set(vector, row * size);
    return new LabelVectors(values, rows.length);
  }

  /** Logits of a text, [labels]. */
  logits(text: Float32Array): Float32Array {
    const { values, count, size } = this;
    const logits = new Float32Array(count);
    let label = 0;
    for (; label + labelsAtOnce <= count; label += labelsAtOnce) fourProducts(text, values, label, logits);
    for (; label < count; label++) logits[label] = dot(text, values.subarray(label * size, (label + 1) * size));
    return logits;
  }

  /** Logits of vectors that were kept, [chunks][labels]; or what is wrong with them (input-invalid). */
  logitsOfKept({ values, spans }: DocumentVectors): Float32Array[] | AppError {
    const { size } = this;
    const chunks = spans.length / 2;
    if (chunks === 0 || values.length !== chunks * size)
      return new AppError(
        'input-invalid',
        'The kept vectors of this document do not belong to this model. Tag it again.',
      );
    return Array.from({ length: chunks }, (_, chunk) => this.logits(values.subarray(chunk * size, (chunk + 1) * size)));
  }
}

/** @param logits As `logitsOfKept` gives them: an error is the document's own. */
export function keptOutcome(
  { id, vectors: { spans } }: KeptDocument,
  logits: readonly Float32Array[] | AppError,
  labelCount: number,
  mode: ClassificationMode,
): DocumentOutcome {
  if (logits instanceof AppError) return failedOutcome(id, logits);
  try {
    const chunks = logits.map((_, chunk) => ({ start: spans[chunk * 2] ?? 0, end: spans[chunk * 2 + 1] ?? 0 }));
    return { ok: true, id, ...aggregateChunks(logits, chunks, labelCount, mode), chunkCount: chunks.length };
  } catch (error) {
    return failedOutcome(id, asAppError(error, 'inference-failed'));
  }
}

const labelsAtOnce = 4;

/**
 * As `dot` with four labels in a row: each sum is added up in the same order, so that it is the same to the last bit, but none waits for
 * the other, which takes a third of the time.
 */
function fourProducts(text: Float32Array, labels: Float32Array, first: number, logits: Float32Array): void {
  const size = text.length;
  const [a, b, c, d] = [first * size, (first + 1) * size, (first + 2) * size, (first + 3) * size];
  let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
  for (let axis = 0; axis < size; axis++) {
    const value = text[axis] ?? 0;
    sumA += value * (labels[a + axis] ?? 0);
    sumB += value * (labels[b + axis] ?? 0);
    sumC += value * (labels[c + axis] ?? 0);
    sumD += value * (labels[d + axis] ?? 0);
  }
  logits[first] = sumA;
  logits[first + 1] = sumB;
  logits[first + 2] = sumC;
  logits[first + 3] = sumD;
}
