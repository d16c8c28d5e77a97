// How many decisions a proposal, and the precision of accepting above a score, need (docs/CALIBRATION.md).
import type { ClassificationMode } from '../../labelSet';
import type { ScoreMatrix } from '../scoreMatrix';
import { decidedPairs } from './decidedPairs';
import type { DecidedPair } from './decidedPairs';
import { folds } from './heldOut';

/** True, and untrue, pairs. */
export const enoughPairs = 15;
/** One of each fold at least. */
export const enoughDocuments = folds;

/** Decisions that are there, that are needed, or that are still to be made: of these one number at least is not 0. */
export interface Missing {
  /** Tags that are right. */
  readonly right: number;
  /** Labels that are wrong. */
  readonly wrong: number;
  readonly documents: number;
}

/** Null where there is enough. */
export function missingOf(pairs: readonly DecidedPair[]): Missing | null {
  const right = pairs.filter(({ isTrue }) => isTrue).length;
  const documents = new Set(pairs.map(({ document }) => document)).size;
  const enough = { right: enoughPairs, wrong: enoughPairs, documents: enoughDocuments };
  return stillMissing(enough, { right, wrong: pairs.length - right, documents });
}

/** Null where there is enough. */
export function stillMissing(enough: Missing, has: Missing): Missing | null {
  const missing = {
    right: Math.max(0, enough.right - has.right),
    wrong: Math.max(0, enough.wrong - has.wrong),
    documents: Math.max(0, enough.documents - has.documents),
  };
  return missing.right + missing.wrong + missing.documents > 0 ? missing : null;
}

/** Null where there is enough. */
export function missingDecisions(matrix: ScoreMatrix, mode: ClassificationMode): Missing | null {
  return missingOf(decidedPairs(matrix, mode).pairs);
}
