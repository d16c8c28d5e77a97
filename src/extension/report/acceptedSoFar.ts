// What the decisions say of accepting all tags above a score.
import { missingDecisions } from '../../core/evaluation/calibrate/enough';
import { proposingThresholds } from '../../core/evaluation/calibrate/proposal';
import { matrixOf, rulesOf } from '../../core/evaluation/evaluatedSet';
import type { LabelSet } from '../../core/labelSet';
import { inSlices } from '../../workspace/flow/inSlices';
import type { AcceptedSoFar } from '../review/acceptAbove';
import type { DecidedTexts } from './decidedTexts';

export async function acceptedSoFar(texts: DecidedTexts, set: LabelSet): Promise<AcceptedSoFar> {
  const matrix = matrixOf((await texts.rows(set, false)).rows, set);
  return (
    missingDecisions(matrix, set.mode) ??
    (await inSlices(proposingThresholds(matrix, rulesOf(set))))?.acceptAbove ??
    null
  );
}
