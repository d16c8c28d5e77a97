// What calibration and thresholds are worth on documents that they were not made from.
import { calibrate, probabilityOf } from './calibration';
import { foldOfDocument } from './decidedPairs';
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
export function heldOutPairs({ pairs, unreachable }: DecidedPairs, labelCount: number): HeldOutPair[] {
  const foldOf = foldOfDocument(
    pairs.map(({ document }) => document),
    folds,
  );
  return Array.from({ length: folds }, (_, fold) => {
    const isOwn = ({ document }: { readonly document: string }): boolean => foldOf.get(document) === fold;
    const rest = pairs.filter((pair) => !isOwn(pair));
    const calibration = calibrate(rest, labelCount);
    const thresholds = thresholdsFor(calibration, rest, unreachable.filter((one) => !isOwn(one)).length);
    return pairs.filter(isOwn).map((pair) => ({
      ...pair,
      probability: probabilityOf(calibration, pair.label, pair.score),
      isGiven: pair.score >= (thresholds.labels[pair.label] ?? 1),
      isGivenBySet: pair.score >= thresholds.set,
    }));
  }).flat();
}
