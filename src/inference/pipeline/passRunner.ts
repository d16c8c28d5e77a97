// Rows in, logits out, for one model and one set of pipeline settings; both pipelines run on it.
import { AppError } from '../../shared/errors';
import { labelsCutError } from './cutLabels';
import { RowEncoder } from './encodeRow';
import type { EncodedRow } from './encodeRow';
import { buildInput } from './inputStrings';
import type { TextInput } from './inputStrings';
import { independentPasses } from './passGroups';
import { countOf, runBatch } from './runBatch';
import type { BatchLogits, BatchModel, BatchOptions } from './runBatch';

/** Tokens of one input where the caller names no length: upstream's default. */
const upstreamMaxLength = 1024;

/** Constructor options of both pipelines, under upstream's names. */
export interface PipelineSettings {
  /** Tokens of one input, special tokens included. Default: 1024, outside parity mode at most what the model can read. */
  readonly maxLength?: number;
  /** "multi-label" (default) or "single-label"; outside parity mode also the short names that calls take. */
  readonly classificationType?: string;
  /** Between the levels of a flattened label; "." by default. */
  readonly labelSeparator?: string;
  /** Reproduce upstream's results with all their quirks (docs/PARITY.md); off by default. */
  readonly parity?: boolean;
  /** Told of every forward pass, in order. */
  readonly onBatch?: (batch: BatchLogits) => void;
}

/** Logits of one row. */
export interface RowLogits {
  readonly logits: Float32Array;
  readonly uncalibrated: Float32Array | null;
}

export class PassRunner {
  readonly parity: boolean;
  readonly maxLength: number;
  private readonly encoder: RowEncoder;

  constructor(
    readonly model: BatchModel,
    private readonly settings: PipelineSettings,
  ) {
    this.parity = settings.parity ?? false;
    const wanted = settings.maxLength ?? upstreamMaxLength;
    this.maxLength = this.parity ? wanted : Math.min(wanted, model.folder.config.maxLength);
    this.encoder = new RowEncoder(model, this.maxLength);
  }

  /** Lays out and encodes one text, whatever truncation does to it. */
  encode(input: TextInput): EncodedRow {
    return this.encoder.encode(buildInput(this.model.folder.config, input));
  }

  /**
   * Lays out and encodes one text.
   * @throws AppError labels-cut where a label does not reach the model whole (in parity mode only where upstream fails too),
   * input-invalid where the text brings markers of its own.
   */
  row(input: TextInput): EncodedRow {
    const row = this.encode(input);
    const { config } = this.model.folder;
    if (!this.parity && row.labelsCut.length > 0) throw labelsCutError(input.labels, row.labelsCut, this.maxLength);
    // Without injected labels or text the counts are equal; upstream refuses only the fused bi-encoder's.
    const checked = config.architectureType === 'bi-encoder-fused' || !this.parity;
    const found = countOf(row.classIds ?? row.ids, config.classTokenIndex);
    if (checked && config.architectureType !== 'bi-encoder' && found !== row.labelCount)
      throw new AppError(
        found < row.labelCount ? 'labels-cut' : 'input-invalid',
        `The model's input holds ${found} label markers for ${row.labelCount} labels: ` +
          (found < row.labelCount ? 'the input is too long.' : 'a text, label or prompt contains markers.'),
      );
    return row;
  }

  /** One forward pass. */
  async runPass(rows: readonly EncodedRow[], options: BatchOptions = {}): Promise<RowLogits[]> {
    const batch = await runBatch(this.model, rows, options);
    this.settings.onBatch?.(batch);
    return batch.logits.map((logits, index) => ({ logits, uncalibrated: batch.uncalibrated?.[index] ?? null }));
  }

  /** Any number of rows in passes that leave every row's scores independent of the others; results in the rows' order. */
  async runIndependently(rows: readonly EncodedRow[], batchSize: number): Promise<RowLogits[]> {
    const results = new Map<number, RowLogits>();
    for (const pass of independentPasses(this.model, rows, batchSize)) {
      const logits = await this.runPass(pass.flatMap((index) => rows[index] ?? []));
      for (const [place, index] of pass.entries()) {
        const own = logits[place];
        if (own) results.set(index, own);
      }
    }
    return rows.flatMap((_, index) => results.get(index) ?? []);
  }
}

/** @throws AppError input-invalid unless `value` is a whole number of at least 1. */
export function checkPositive(value: number, name: string): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new AppError('input-invalid', `${name} must be a whole number of at least 1, not ${value}.`);
}
