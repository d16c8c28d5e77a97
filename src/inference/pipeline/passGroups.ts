// Which rows may share a pass without changing each other's scores.
import type { EncodedRow } from './encodeRow';
import { sharingOf } from './sharing';
import type { Sharing, SharingModel } from './sharing';

/**
 * Groups of row indexes, each at most `batchSize`, whose passes give every row the score it would get alone. Models pooled
 * over all positions count padding, so only rows of one length share a pass (for bi-encoders also of one label length);
 * a hopfield scorer's softmax spans the slots, so only rows with equally many labels do; where a quantised graph takes its
 * scale from the whole batch every row runs alone.
 */
export function independentPasses(model: SharingModel, rows: readonly EncodedRow[], batchSize: number): number[][] {
  const sharing = sharingOf(model);
  const size = sharing === 'alone' ? 1 : batchSize;
  const groups = new Map<string, number[]>();
  const passes: number[][] = [];
  for (const [index, row] of rows.entries()) {
    const key = passKey(model, sharing, row);
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

function passKey(model: SharingModel, sharing: Sharing, row: EncodedRow): string {
  const lengths =
    sharing === 'padded'
      ? []
      : [row.ids.length, ...(row.labelIds ? [Math.max(...row.labelIds.map((ids) => ids.length))] : [])];
  const slots = model.folder.config.scorerType === 'hopfield' ? [row.labelCount] : [];
  return [...lengths, '/', ...slots].join(' ');
}
