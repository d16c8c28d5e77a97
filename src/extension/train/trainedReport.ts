// The report on a trained model: both models on the texts that were kept back, and the answer to which of them is to be used.
import * as vscode from 'vscode';
import type { EvaluationRow } from '../../core/evaluation/evaluationRow';
import { documentName, placeText } from '../../core/review/decidedPlaces';
import type { ReportData } from '../../shared/reportData';
import type { TrainingOutcome } from '../../training/run/trainingRequest';
import { onlyDecidedNote } from '../report/decidedSource';
import { reportData } from '../report/evaluateLabelSet';
import type { KeptTraining } from './keptTrainings';

export function trainedReport(
  { name, labelSet, places, rules, previous }: KeptTraining,
  { before, after, trainedRows, keptBackRows }: TrainingOutcome,
): ReportData {
  const placed = ({ rows }: { readonly rows: readonly EvaluationRow[] }) =>
    rows.map((row) => {
      const place = places[Number(row.id) - 1];
      return place ? { ...row, document: documentName(place), place: placeText(place) } : row;
    });
  const set = { ...rules, name: labelSet };
  const title = vscode.l10n.t('decisions kept back from training');
  const notes = [
    vscode.l10n.t(
      '{0} decided texts taught the new model; it never read the {1} of this report.',
      trainedRows,
      keptBackRows,
    ),
    onlyDecidedNote(),
    vscode.l10n.t('Scores of both are those of the labels as they are written, without what decisions teach at once.'),
  ];
  if (previous !== null)
    notes.push(
      vscode.l10n.t(
        'The new model is compared with {0}, with which its training began, not with “{1}”, which the label set uses: that one may have learnt from these texts.',
        before.model.name,
        previous,
      ),
    );
  const data = reportData({ title, rows: placed(after), notes }, set, name);
  const earlier = {
    model: before.model.name,
    scores: reportData({ title, rows: placed(before), notes }, set, name).scores,
    trainedInUse: null,
  };
  // Thresholds are not proposed: those in the settings serve whichever model is in use.
  return { ...data, earlier, proposal: null };
}
