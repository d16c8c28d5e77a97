// "Export Tags": what the view holds, as JSON Lines, CSV or Markdown, into a file that the user names.
import * as vscode from 'vscode';
import { Breather } from '../../workspace/flow/breather';
import { exportDocuments } from '../../workspace/export/exports';
import type { ExportDocument } from '../../workspace/types';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import type { Results } from '../results/results';
import { nothingTagged } from './nothingTagged';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: 'jsonl' | 'csv' | 'markdown';
  readonly extension: string;
}

export async function exportTags(results: Results, activity: Activity, reporter: Reporter): Promise<void> {
  if (results.isEmpty) {
    reporter.notice(nothingTagged());
    return;
  }
  const formats: FormatItem[] = [
    {
      label: 'JSON Lines',
      description: vscode.l10n.t('one document a line, with all scores and passages'),
      format: 'jsonl',
      extension: 'jsonl',
    },
    { label: 'CSV', description: vscode.l10n.t('one tag a line, for spreadsheets'), format: 'csv', extension: 'csv' },
    { label: 'Markdown', description: vscode.l10n.t('a page to read'), format: 'markdown', extension: 'md' },
  ];
  const picked = await vscode.window.showQuickPick(formats, { title: vscode.l10n.t('Export Tags') });
  if (!picked) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `tags.${picked.extension}`) } : {}),
    filters: { [picked.label]: [picked.extension] },
    title: vscode.l10n.t('Export Tags'),
  });
  if (!file) return;
  await activity.run('working', vscode.l10n.t('Exporting tags'), async ({ signal }) => {
    const parts: string[] = [];
    for await (const part of exportDocuments(documents(results, signal), picked.format)) parts.push(part);
    if (signal.aborted) return;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(parts.join('')));
    // Not showTextDocument, which refuses files above 50 MB.
    await vscode.commands.executeCommand('vscode.open', file, {
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
  });
}

async function* documents(results: Results, signal: AbortSignal): AsyncGenerator<ExportDocument> {
  const breather = new Breather();
  for (const { id } of results.summaries()) {
    if (signal.aborted) return;
    if (breather.due) await breather.pause();
    const document = await results.exported(id);
    if (document) yield document;
  }
}
