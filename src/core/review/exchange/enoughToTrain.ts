// Whether decided texts are enough to train a model on, and to measure it on those that are kept back.
import { stillMissing, type Missing } from '../../evaluation/calibrate/enough';
import { documentName } from '../decidedPlaces';
import type { PlacedRow } from './exportRows';

/** With fewer, two documents at most were left to measure on, and a label of either kind might be in none of them. */
export const enoughToTrain: Missing = { right: 10, wrong: 10, documents: 10 };

/** What is still to be decided; null where there is enough. `rows`: as `exportRows` gives them, without confidences. */
export function missingToTrain(rows: readonly PlacedRow[]): Missing | null {
  const asked = rows.reduce((sum, { row }) => sum + row.all_labels.length, 0);
  const right = rows.reduce((sum, { row }) => sum + Object.keys(row.true_labels).length, 0);
  const documents = new Set(rows.map(({ place }) => documentName(place))).size;
  return stillMissing(enoughToTrain, { right, wrong: asked - right, documents });
}
