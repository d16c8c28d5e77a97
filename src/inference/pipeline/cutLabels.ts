// Which labels truncation took from the model, and the error that names them: upstream scores such labels all the same.
import { AppError } from '../../shared/errors';
import type { ModelConfig } from '../model/modelConfig';

type MarkerIds = Pick<ModelConfig, 'classTokenIndex' | 'textTokenIndex'>;

/** Names of labels that a message lists before it says how many more there are. */
const namedLabels = 5;

/**
 * Indexes of the labels that a truncated row of <<LABEL>> label … <<SEP>> lost, in whole or in part. Truncation takes from
 * the end: labels without a marker are gone, and without the separator after them the last one may be shortened.
 */
export function cutByTruncation(ids: readonly number[], labelCount: number, config: MarkerIds): number[] {
  const positions = positionsOf(ids, config.classTokenIndex);
  const last = positions[labelCount - 1];
  if (last !== undefined) {
    const complete = ids.includes(config.textTokenIndex, last);
    return complete ? [] : [labelCount - 1];
  }
  const firstLost = Math.max(0, positions.length - 1);
  // The label of the last marker that is left has lost its end, unless no marker is left at all.
  return Array.from({ length: labelCount - firstLost }, (_, offset) => firstLost + offset);
}

/** Indexes of the labels of a decoder-kv label section (marker after the label) that end beyond `room` tokens. */
export function cutFromSection(section: readonly number[], room: number, config: MarkerIds): number[] {
  return positionsOf(section, config.classTokenIndex).flatMap((position, index) =>
    position + 1 < room ? [] : [index],
  );
}

/** The error for labels that do not fit; it names them and says what helps. */
export function labelsCutError(labels: readonly string[], cut: readonly number[], maxLength: number): AppError {
  const names = cut.slice(0, namedLabels).map((index) => `"${labels[index] ?? ''}"`);
  const more = cut.length > namedLabels ? ` and ${cut.length - namedLabels} more` : '';
  return new AppError(
    'labels-cut',
    `${cut.length} of ${labels.length} labels do not fit into the ${maxLength} tokens of one pass: ` +
      `${names.join(', ')}${more}. Use fewer or shorter labels, a shorter text, or a greater maximum length.`,
  );
}

function positionsOf(ids: readonly number[], id: number): number[] {
  return ids.flatMap((each, position) => (each === id ? [position] : []));
}
