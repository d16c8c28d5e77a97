// "Export Decisions": all decisions of this workspace as JSON Lines, or the decided texts of the label set in use as training rows.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { placeText } from '../../core/review/decidedPlaces';
import type { Decision } from '../../core/review/decision';
import type { LeftOut } from '../../core/review/exchange/exportRows';
import { writeDecisionsFile } from '../../workspace/decisions/decisionsFile';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import { nameOf } from '../results/documentNames';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { Decisions } from './decisions';
import { tellWithReasons } from './exchangeNotice';
import { rowsText, trainingRows } from './trainingRows';

export interface ExportParts {
  readonly decisions: Decisions;
  readonly labelSets: LabelSets;
  readonly texts: Pick<DocumentTexts, 'now'>;
}

/** A save dialog does not tell which of its filters was picked, so the form is asked for first. */
export async function exportDecisions(parts: ExportParts, reporter: Reporter): Promise<void> {
  const all = await parts.decisions.all();
  if (all.length === 0) {
    reporter.notice(vscode.l10n.t('Nobody has decided on tags of this workspace yet, so there is nothing to export.'));
    return;
  }
  const title = vscode.l10n.t('Export Decisions');
  const form = await vscode.window.showQuickPick(forms(), { title });
  if (!form) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, form.fileName) } : {}),
    filters: { [form.label]: [form.fileName.slice(form.fileName.lastIndexOf('.') + 1)] },
    title,
  });
  if (!file) return;
  if (form.confidence === null) await writeDecisionsFile(file.fsPath, all);
  else if (!(await exportTexts(all, form.confidence, file, parts, reporter))) return;
  await vscode.commands.executeCommand('vscode.open', file, { preview: true });
}

/** `confidence` is null for decisions as they are. */
interface ExportForm extends vscode.QuickPickItem {
  readonly fileName: string;
  readonly confidence: boolean | null;
}

function forms(): ExportForm[] {
  return [
    { label: vscode.l10n.t('Decisions (JSON Lines)'), fileName: 'decisions.jsonl', confidence: null },
    { label: vscode.l10n.t('Training rows (JSON)'), fileName: 'training.json', confidence: false },
    { label: vscode.l10n.t('Training rows with confidences (JSON)'), fileName: 'training.json', confidence: true },
  ];
}

/** False where there is no row, so that no file was written. */
async function exportTexts(
  all: readonly Decision[],
  confidence: boolean,
  file: vscode.Uri,
  { decisions, labelSets, texts }: ExportParts,
  reporter: Reporter,
): Promise<boolean> {
  const set = labelSets.active();
  const { rows, leftOut } = await trainingRows(all, set, confidence, texts, decisions.keys);
  const reasons = leftOut.map((one) => leftOutSentence(one, set.name));
  for (const reason of reasons) reporter.done(`${nameOf(file).title}: not written: ${reason}`);
  if (rows.length > 0) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(rowsText(rows)));
  const written =
    rows.length === 1
      ? vscode.l10n.t('1 decided text of the label set “{0}” was written.', set.name)
      : vscode.l10n.t('{0} decided texts of the label set “{1}” were written.', wholeNumber(rows.length), set.name);
  tellWithReasons(written, vscode.l10n.t('Not written'), reasons, reporter);
  return rows.length > 0;
}

function leftOutSentence(leftOut: LeftOut, set: string): string {
  const name = placeText(leftOut.place);
  switch (leftOut.reason) {
    case 'gone':
      return vscode.l10n.t('{0} is gone, or cannot be read', name);
    case 'older-text':
      return vscode.l10n.t('{0} has another text now than was decided on', name);
    case 'same-text':
      return vscode.l10n.t('{0} has the text of {1}', name, placeText(leftOut.first));
    case 'undecided':
      return vscode.l10n.t('{0} has no decision on a label of “{1}” that people agree on', name, set);
  }
}
