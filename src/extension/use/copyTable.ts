// The table of documents by labels to the clipboard, as spreadsheets take it: tab-separated, the tags in the last column.
import * as vscode from 'vscode';
import { tableText } from '../../workspace/export/tableText';
import { Breather } from '../../workspace/flow/breather';
import type { ExportDocument } from '../../workspace/types';
import type { Activity } from '../host/activity';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';

export async function copyTable(
  ids: readonly string[],
  results: Results,
  labelSets: LabelSets,
  activity: Activity,
): Promise<void> {
  const { labels } = labelSets.active();
  await activity.run('working', vscode.l10n.t('Copying the table'), async ({ signal }) => {
    const documents: ExportDocument[] = [];
    const breather = new Breather();
    for (const id of ids) {
      if (signal.aborted) return;
      if (breather.due) await breather.pause();
      const document = await results.exported(id);
      if (document) documents.push(document);
    }
    const names = labels.map(({ name }) => name);
    await vscode.env.clipboard.writeText(tableText(documents, names));
    const message = vscode.l10n.t(
      'Copied: {0} rows, {1} labels',
      documents.length.toLocaleString(),
      labels.length.toLocaleString(),
    );
    vscode.window.setStatusBarMessage(message, 4000);
  });
}
