// Which rows may share a pass without changing each other's scores.
import type { BatchModel } from './runBatch';
import { padsFreely } from './runBatch';
import type { EncodedRow } from './encodeRow';

/**
 * Groups of row indexes, each at most `batchSize`, whose passes give every row the score it would get alone. Models pooled
 * over all positions count padding, so only rows of one length share a pass (for bi-encoders also of one label length);
 * a hopfield scorer's softmax spans the slots, so only rows with equally many labels do; dynamically quantised graphs
 * take their scale from the whole batch, so every row runs alone.
 */
export function independentPasses(
  model: Pick<BatchModel, 'folder'>,
  rows: readonly EncodedRow[],
  batchSize: number,
): number[][] {
  const size = model.folder.quantized ? 1 : batchSize;
  const groups = new Map<string, number[]>();
  const passes: number[][] = [];
  for (const [index, row] of rows.entries()) {
    const key = passKey(model, row);
    let group = groups.get(key);
    if (!group || group.length >= size) {
      group = [];
      groups.set(key, group);
      passes.push(group);
    }
    group.push(index);
  }
  return passes;
}

/** Consecutive slices, as upstream makes them. */
export function slicePasses(count: number, batchSize: number): number[][] {
  const passes: number[][] = [];
  for (let start = 0; start < count; start += batchSize)
    passes.push(Array.from({ length: Math.min(batchSize, count - start) }, (_, offset) => start + offset));
  return passes;
}

function passKey(model: Pick<BatchModel, 'folder'>, row: EncodedRow): string {
  const lengths = padsFreely(model)
    ? []
    : [row.ids.length, ...(row.labelIds ? [Math.max(...row.labelIds.map((ids) => ids.length))] : [])];
  const slots = model.folder.config.scorerType === 'hopfield' ? [row.labelCount] : [];
  return [...lengths, '/', ...slots].join(' ');
}
