// From an exported decision to a row that is trained on.
import { documentName } from '../../core/review/decidedPlaces';
import type { PlacedRow } from '../../core/review/exchange/exportRows';
import type { LabelSet } from '../../core/labelSet';
import type { DocumentRow } from './splitRows';

/** `position`: from 1. */
export function documentRow(
  { row, place }: PlacedRow,
  position: number,
  { prompt }: Pick<LabelSet, 'prompt'>,
): DocumentRow {
  const { text, all_labels: allLabels, true_labels: right } = row;
  return {
    text,
    allLabels,
    trueLabels: Array.isArray(right) ? (right as readonly string[]) : Object.keys(right),
    ...(prompt === undefined ? {} : { prompt }),
    examples: [],
    document: documentName(place),
    position,
  };
}
