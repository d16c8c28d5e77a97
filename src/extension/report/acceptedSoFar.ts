// What the decisions say of accepting all tags above a score.
import * as vscode from 'vscode';
import { missingDecisions } from '../../core/evaluation/calibrate/enough';
import { proposingThresholds } from '../../core/evaluation/calibrate/proposal';
import { matrixOf, rulesOf } from '../../core/evaluation/evaluatedSet';
import type { LabelSet } from '../../core/labelSet';
import { inSlices } from '../../workspace/flow/inSlices';
import type { Activity } from '../host/activity';
import type { AcceptedSoFar } from '../review/acceptAbove';
import type { DecidedTexts } from './decidedTexts';

export async function acceptedSoFar(
  texts: DecidedTexts,
  set: LabelSet,
  activity: Pick<Activity, 'run'>,
): Promise<AcceptedSoFar> {
  const { rows } = await activity.run('working', vscode.l10n.t('Scoring what was decided'), ({ signal }) =>
    texts.rows(set, false, signal),
  );
  const matrix = matrixOf(rows, set);
  return (
    missingDecisions(matrix, set.mode) ??
    (await inSlices(proposingThresholds(matrix, rulesOf(set))))?.acceptAbove ??
    null
  );
}
