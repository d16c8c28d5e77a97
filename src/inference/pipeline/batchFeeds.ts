// Pads encoded rows to one batch of int64 tensors: right padding, masks, class inputs.
import type { Int64Input } from '../model/graphSession';
import type { EncodedRow } from './encodeRow';

export type Feeds = Readonly<Record<string, Int64Input>>;

export interface PadTokens {
  readonly text: number;
  readonly label: number;
}

/**
 * Tensors of a batch: `input_ids`, `attention_mask` [rows, tokens]; encoder-decoders add `class_input_ids`,
 * `class_attention_mask` [rows, class tokens]; bi-encoders the same two as [rows, labels, label tokens] and `labels_mask`
 * [rows, labels]. Rows may have different numbers of labels: missing ones are masked.
 * @param lengths Lengths to which texts and labels (of bi-encoders) are padded, where that is more than the longest one.
 */
export function batchFeeds(
  rows: readonly EncodedRow[],
  pad: PadTokens,
  lengths: { readonly text?: number; readonly label?: number | undefined } = {},
): Feeds {
  const text = padRows(
    rows.map((row) => row.ids),
    pad.text,
    lengths.text,
  );
  const feeds: Record<string, Int64Input> = { input_ids: text.ids, attention_mask: text.mask };
  const classes = rows.flatMap((row) => (row.classIds ? [row.classIds] : []));
  if (classes.length > 0) {
    const padded = padRows(classes, pad.text);
    feeds['class_input_ids'] = padded.ids;
    feeds['class_attention_mask'] = padded.mask;
  }
  const labels = rows.flatMap((row) => (row.labelIds ? [row.labelIds] : []));
  if (labels.length > 0) Object.assign(feeds, labelFeeds(labels, pad.label, lengths.label));
  return feeds;
}

function labelFeeds(
  rows: readonly (readonly (readonly number[])[])[],
  pad: number,
  labelLength: number | undefined,
): Record<string, Int64Input> {
  const count = Math.max(...rows.map((labels) => labels.length));
  // A slot without a label is one padding token that may be attended to: an encoder with nothing to attend to gives NaN.
  const slots = rows.flatMap((labels) => Array.from({ length: count }, (_, slot) => labels[slot] ?? [pad]));
  const { ids, mask } = padRows(slots, pad, labelLength);
  const tokens = ids.dims[1] ?? 0;
  const given = new BigInt64Array(rows.length * count);
  for (const [row, labels] of rows.entries()) given.fill(1n, row * count, row * count + labels.length);
  return {
    class_input_ids: { data: ids.data, dims: [rows.length, count, tokens] },
    class_attention_mask: { data: mask.data, dims: [rows.length, count, tokens] },
    labels_mask: { data: given, dims: [rows.length, count] },
  };
}

/** Rows padded on the right to the longest one, or to `length` if that is more. */
function padRows(rows: readonly (readonly number[])[], pad: number, length = 0): { ids: Int64Input; mask: Int64Input } {
  const tokens = rows.reduce((longest, row) => Math.max(longest, row.length), length);
  const dims = [rows.length, tokens];
  const ids = new BigInt64Array(rows.length * tokens).fill(BigInt(pad));
  const mask = new BigInt64Array(rows.length * tokens);
  for (const [index, row] of rows.entries()) {
    const start = index * tokens;
    for (const [position, id] of row.entries()) ids[start + position] = BigInt(id);
    mask.fill(1n, start, start + row.length);
  }
  return { ids: { data: ids, dims }, mask: { data: mask, dims } };
}
