// What the decisions say of accepting all tags above a score.
import { missingDecisions } from '../../core/evaluation/calibrate/enough';
import { proposeThresholds } from '../../core/evaluation/calibrate/proposal';
import { matrixOf, rulesOf } from '../../core/evaluation/evaluatedSet';
import type { LabelSet } from '../../core/labelSet';
import type { AcceptedSoFar } from '../review/acceptAbove';
import type { DecidedTexts } from './decidedTexts';

export async function acceptedSoFar(texts: DecidedTexts, set: LabelSet): Promise<AcceptedSoFar> {
  const matrix = matrixOf((await texts.rows(set, false)).rows, set);
  return missingDecisions(matrix, set.mode) ?? proposeThresholds(matrix, rulesOf(set))?.acceptAbove ?? null;
}
