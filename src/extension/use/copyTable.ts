// The table of documents by labels to the clipboard, as spreadsheets take it: tab-separated, the tags in the last column.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { tableText } from '../../workspace/export/tableText';
import type { ExportDocument } from '../../workspace/types';
import { labelsText } from '../host/countWords';
import type { Activity } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';
import { exportedDocuments } from './exportedDocuments';

export async function copyTable(
  ids: readonly string[],
  results: Results,
  labelSets: LabelSets,
  activity: Activity,
): Promise<void> {
  const { labels } = labelSets.active();
  await activity.run('working', vscode.l10n.t('Copying the table'), async ({ signal }) => {
    const documents: ExportDocument[] = [];
    for await (const document of exportedDocuments(results, ids, signal)) documents.push(document);
    if (signal.aborted) return;
    const names = labels.map(({ name }) => name);
    await vscode.env.clipboard.writeText(tableText(documents, names));
    const rows =
      documents.length === 1 ? vscode.l10n.t('1 row') : vscode.l10n.t('{0} rows', wholeNumber(documents.length));
    const message = vscode.l10n.t('Copied: {0}, {1}', rows, labelsText(labels.length));
    vscode.window.setStatusBarMessage(message, 4000);
  });
}
