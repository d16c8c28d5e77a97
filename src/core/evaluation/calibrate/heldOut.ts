// What calibration and thresholds are worth on documents that they were not made from.
import type { Slices } from '../../slices';
import { calibrating, probabilityOf } from './calibration';
import { foldOfDocument, partsOf } from './decidedPairs';
import type { DecidedPair, DecidedPairs } from './decidedPairs';
import { thresholdsFor } from './thresholds';

/** A pair as it looks to whoever has not decided on its document. */
export interface HeldOutPair extends DecidedPair {
  readonly probability: number;
  /** It reaches its label's proposed threshold. */
  readonly isGiven: boolean;
  /** It reaches the proposed threshold of the set. */
  readonly isGivenBySet: boolean;
}

export const folds = 5;

/** Each document is judged by what the other four fifths of the documents say (cross-validation grouped by document). */
export function* heldOutPairs({ pairs, unreachable }: DecidedPairs, labelCount: number): Slices<HeldOutPair[]> {
  const foldOf = foldOfDocument(
    pairs.map(({ document }) => document),
    folds,
  );
  const perFold = partsOf(pairs, ({ document }) => foldOf.get(document) ?? -1, folds);
  const heldOut: HeldOutPair[] = [];
  for (const [fold, own] of perFold.entries()) {
    const rest = perFold.flatMap((other) => (other === own ? [] : other));
    const missed = unreachable.filter(({ document }) => foldOf.get(document) !== fold).length;
    const calibration = yield* calibrating(rest, labelCount);
    const thresholds = thresholdsFor(calibration, rest, missed);
    for (const pair of own)
      heldOut.push({
        ...pair,
        probability: probabilityOf(calibration, pair.label, pair.score),
        isGiven: pair.score >= (thresholds.labels[pair.label] ?? 1),
        isGivenBySet: pair.score >= thresholds.set,
      });
    yield;
  }
  return heldOut;
}
