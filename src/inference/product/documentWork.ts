// One document on its way through the model: its chunks, what came back for each, and the outcome when all are there.
import type { Span } from '../../core/tagResult';
import type { ClassificationMode } from '../../core/labelSet';
import type { DocumentInput, DocumentOutcome } from '../../shared/classifier';
import { asAppError } from '../../shared/errors';
import type { AppError } from '../../shared/errors';
import type { EncodedRow } from '../pipeline/encodeRow';
import { aggregateChunks } from './aggregate';
import type { ChunkScores } from './aggregate';
import { planChunks } from './chunkPlan';
import type { RowOutput, TaskScorer } from './taskScorer';

/** A row of a pass, with the chunk it belongs to. */
export interface ChunkRow {
  readonly work: DocumentWork;
  readonly chunk: number;
  readonly row: EncodedRow;
}

export class DocumentWork {
  private spans: readonly Span[] = [];
  private outputs: (RowOutput | undefined)[] = [];
  private open = 0;
  private failure: AppError | null = null;

  constructor(readonly input: DocumentInput) {}

  /** Cuts the document; empty for one without anything to read. `pause`: as of `ChunkLimits`. */
  async plan(scorer: TaskScorer, pause: () => Promise<void>): Promise<ChunkRow[]> {
    const { text, breaks, nearestExamples = [] } = this.input;
    // Whether a piece fits is only known once it is encoded; most pieces that fit become chunks.
    const rows = new Map<string, EncodedRow>();
    const encode = (piece: string): EncodedRow => {
      const row = rows.get(piece) ?? scorer.encode(piece, nearestExamples);
      rows.set(piece, row);
      return row;
    };
    this.spans = await planChunks(text, breaks ?? [], {
      maxTokens: scorer.maxTextTokens,
      count: (piece) => scorer.count(piece),
      fits: (piece) => encode(piece).cutTokens === 0,
      pause,
    });
    this.open = this.spans.length;
    this.outputs = this.spans.map(() => undefined);
    return this.spans.map(({ start, end }, chunk) => ({
      work: this,
      chunk,
      row: encode(text.slice(start, end)),
    }));
  }

  /** True once nothing is missing. */
  get isDone(): boolean {
    return this.open === 0;
  }

  /** The document cannot be cut or tokenised. */
  fail(error: AppError): void {
    this.failure ??= error;
    this.open = 0;
  }

  settle(chunk: number, output: RowOutput | AppError): void {
    this.open--;
    if (output instanceof Error) this.failure ??= output;
    else this.outputs[chunk] = output;
  }

  outcome(labelCount: number, mode: ClassificationMode, vectors: boolean): DocumentOutcome {
    const { id } = this.input;
    if (this.failure) return failedOutcome(id, this.failure);
    if (this.spans.length === 0) return nothingToRead(id);
    const outputs = this.outputs.filter((output) => output !== undefined);
    const logits = outputs.map((output) => output.logits);
    let scores: ChunkScores;
    try {
      scores = aggregateChunks(logits, this.spans, labelCount, mode);
    } catch (error) {
      return failedOutcome(id, asAppError(error, 'inference-failed'));
    }
    const kept = outputs.flatMap(({ vector }) => (vector ? [vector] : []));
    const chunkCount = this.spans.length;
    if (!vectors || kept.length !== chunkCount) return { ok: true, id, ...scores, chunkCount };
    return { ok: true, id, ...scores, chunkCount, vectors: { values: concat(kept), spans: flat(this.spans) } };
  }
}

export function failedOutcome(id: string, error: AppError): DocumentOutcome {
  return { ok: false, id, code: error.code, message: error.message };
}

export function nothingToRead(id: string): DocumentOutcome {
  return {
    ok: false,
    id,
    code: 'input-invalid',
    message: 'There is nothing to read: the text is empty or only white space.',
  };
}

function concat(rows: readonly Float32Array[]): Float32Array {
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) all.set(row, index * size);
  return all;
}

function flat(spans: readonly Span[]): Int32Array {
  return Int32Array.from(spans.flatMap(({ start, end }) => [start, end]));
}
