// Runs one batch of rows through any kind of GLiClass graph and gives every row its own labels' logits.
import { AppError } from '../../shared/errors';
import { checkRows } from '../model/graph';
import type { FloatOutput } from '../model/graphSession';
import type { LoadedModel } from '../model/loadedModel';
import { batchFeeds } from './batchFeeds';
import type { Feeds } from './batchFeeds';
import type { EncodedRow } from './encodeRow';

export type BatchModel = Pick<
  LoadedModel,
  'folder' | 'tokenizer' | 'labelTokenizer' | 'session' | 'graphKind' | 'slots'
>;

export interface BatchLogits {
  /** One a row: [labels of that row]. */
  readonly logits: readonly Float32Array[];
  /** Calibrated models: the same before calibration; else null. */
  readonly uncalibrated: readonly Float32Array[] | null;
  /** What the graph read, for comparison with recorded batches. */
  readonly feeds: Feeds;
}

export interface BatchOptions {
  /** Bi-encoders: length to which labels are padded; that of the longest label where absent. */
  readonly labelLength?: number;
}

/**
 * One forward pass.
 * @throws AppError input-invalid (more labels than the graph has slots), labels-cut (slots that the graph cannot give),
 * inference-failed, out-of-memory.
 */
export async function runBatch(
  model: BatchModel,
  rows: readonly EncodedRow[],
  options: BatchOptions = {},
): Promise<BatchLogits> {
  checkSlots(model, rows);
  const pad = { text: model.tokenizer.padTokenId, label: model.labelTokenizer.padTokenId };
  const lengths = { label: options.labelLength };
  const feeds = batchFeeds(rows, pad, lengths);
  const slotRow = missingSlots(model, rows);
  const run: Record<string, (typeof feeds)[string]> = {
    ...(slotRow === null ? feeds : batchFeeds([...rows, slotRow], pad, lengths)),
  };
  if (model.graphKind === 'num-labels')
    run['num_labels'] = { data: BigInt64Array.of(BigInt(upstreamSlots(model, rows))), dims: [1] };
  const names = ['logits', 'uncalibrated_logits'].filter((name) => model.session.outputNames.includes(name));
  const outputs = await model.session.run(run, names);
  return {
    logits: rowsOf(outputs['logits'], rows, slotRow !== null),
    uncalibrated: outputs['uncalibrated_logits']
      ? rowsOf(outputs['uncalibrated_logits'], rows, slotRow !== null)
      : null,
    feeds,
  };
}

/** Label slots that upstream gives the model for this batch. */
export function upstreamSlots(model: Pick<BatchModel, 'folder'>, rows: readonly { labelCount: number }[]): number {
  const { config } = model.folder;
  const most = Math.max(...rows.map((row) => row.labelCount));
  // Upstream's encoder-decoders swallow the pipeline's count; our graphs take any, so more labels are not refused here.
  if (config.architectureType.startsWith('encoder-decoder')) return Math.max(config.maxNumClasses, most);
  return config.maxLabelsAlloc ?? most;
}

function checkSlots(model: BatchModel, rows: readonly EncodedRow[]): void {
  const most = Math.max(...rows.map((row) => row.labelCount));
  if (model.slots !== null && most > model.slots)
    throw new AppError(
      'input-invalid',
      `The model "${model.folder.name}" takes at most ${model.slots} labels at a time; there are ${most}. ` +
        'Use fewer labels, or a model that was exported with any number of labels.',
    );
}

/**
 * A graph with dynamic labels has as many slots as the batch has markers. Where that is not upstream's number (labels cut by
 * truncation; hopfield scorers, whose softmax spans all slots), one more row of nothing but markers opens the missing slots;
 * rows do not see each other, so the numbers are those that upstream gets with an explicit count. A pass of fewer tokens than
 * slots is not made longer where padding counts: all missing slots of a row are alike, so the last one stands for the rest (not
 * for hopfield). Null where no row is needed.
 */
function missingSlots(model: BatchModel, rows: readonly EncodedRow[]): EncodedRow | null {
  const { config } = model.folder;
  const marked = config.architectureType === 'uni-encoder' || config.architectureType.startsWith('encoder-decoder');
  if (model.graphKind !== 'dynamic' || !marked) return null;
  const slots =
    config.scorerType === 'hopfield' ? upstreamSlots(model, rows) : Math.max(...rows.map((row) => row.labelCount));
  const found = Math.max(...rows.map((row) => countOf(row.classIds ?? row.ids, config.classTokenIndex)));
  if (found >= slots) return null;
  const markersOf = (length: number): number[] => Array.from({ length }, () => config.classTokenIndex);
  const first = rows[0];
  if (first?.classIds) return { ...first, classIds: markersOf(slots), labelCount: slots };
  const tokens = Math.max(...rows.map((row) => row.ids.length));
  const room = padsFreely(model) ? slots : Math.min(slots, tokens);
  if (room < slots && (room <= found || config.scorerType === 'hopfield'))
    throw new AppError(
      'labels-cut',
      `${slots} labels do not fit into ${tokens} tokens, and "${model.folder.name}" counts padding. ` +
        'Use fewer labels or a greater maximum length.',
    );
  return { ids: markersOf(room), classIds: null, labelIds: null, labelCount: room, cutTokens: 0, labelsCut: [] };
}

/** Whether padding leaves the numbers of a row as they are: pooled over all positions, it does not (no mask is passed). */
export function padsFreely(model: Pick<BatchModel, 'folder'>): boolean {
  const { architectureType, poolingStrategy } = model.folder.config;
  // The text is a token's own state there, whatever the pooler.
  if (architectureType === 'decoder-kv' || architectureType === 'encoder-decoder-cls') return true;
  if (poolingStrategy === 'first') return true;
  // Cross-attention gets the attention mask in uni-encoders only.
  return poolingStrategy === 'pass' && architectureType === 'uni-encoder';
}

export function countOf(ids: readonly number[], id: number): number {
  return ids.reduce((count, each) => (each === id ? count + 1 : count), 0);
}

/** @param repeatLast The last column is a missing slot, and stands for those that the pass had no room for. */
function rowsOf(output: FloatOutput | undefined, rows: readonly EncodedRow[], repeatLast: boolean): Float32Array[] {
  if (output) checkRows(rows.length, output);
  const columns = output?.dims[1] ?? 0;
  return rows.map((row, index) => {
    if (!output || (columns < row.labelCount && !repeatLast))
      throw new AppError(
        'inference-failed',
        `The model gave ${columns} scores for ${row.labelCount} labels. Export it again with any number of labels.`,
      );
    const own = output.data.slice(index * columns, index * columns + Math.min(columns, row.labelCount));
    if (columns >= row.labelCount) return own;
    const filled = new Float32Array(row.labelCount).fill(own.at(-1) ?? 0);
    filled.set(own);
    return filled;
  });
}
