// "Export Tags": what the view holds, or the part that a search finds, as JSON Lines, CSV or Markdown into a file that the user names.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { parseQuery } from '../../core/query/parseQuery';
import { QueryTest } from '../../core/query/queryTest';
import { exportDocuments } from '../../workspace/export/exports';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';
import { exportedDocuments } from './exportedDocuments';
import { nothingTagged } from './nothingTagged';
import { pickBySearch, type SearchItem } from './searchPick';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: 'jsonl' | 'csv' | 'markdown';
  readonly extension: string;
}

interface WhichItem extends SearchItem {
  readonly ids: readonly string[];
}

export async function exportTags(
  results: Results,
  labelSets: LabelSets,
  activity: Activity,
  reporter: Reporter,
): Promise<void> {
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
  const ids = await pickDocuments(results, labelSets);
  if (!ids) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `tags.${picked.extension}`) } : {}),
    filters: { [picked.label]: [picked.extension] },
    title: vscode.l10n.t('Export Tags'),
  });
  if (!file) return;
  await activity.run('working', vscode.l10n.t('Exporting tags'), async ({ signal }) => {
    const parts: string[] = [];
    for await (const part of exportDocuments(exportedDocuments(results, ids, signal), picked.format)) parts.push(part);
    if (signal.aborted) return;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(parts.join('')));
    // Not showTextDocument, which refuses files above 50 MB.
    await vscode.commands.executeCommand('vscode.open', file, {
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
  });
}

/** All documents, or those that a search finds; undefined where the user left. */
async function pickDocuments(results: Results, labelSets: LabelSets): Promise<readonly string[] | undefined> {
  const labels = labelSets.active().labels.map(({ name }) => name);
  const all = [...results.summaries()];
  const picked = await pickBySearch<WhichItem>(
    {
      title: vscode.l10n.t('Export Tags'),
      placeholder: vscode.l10n.t('Which documents? Labels and words, with or, -not and parentheses; nothing for all'),
      labels,
      list: (text) => {
        const test = new QueryTest(parseQuery(text, labels));
        const ids = all.filter((one) => test.matches(one, one.title.toLowerCase())).map(({ id }) => id);
        if (ids.length === 0) return [{ label: vscode.l10n.t('No document matches'), alwaysShow: true }];
        const label =
          ids.length === 1
            ? vscode.l10n.t('Export 1 document')
            : vscode.l10n.t('Export {0} documents', wholeNumber(ids.length));
        return [{ label, iconPath: new vscode.ThemeIcon('export'), alwaysShow: true, ids }];
      },
    },
    (item): item is WhichItem => 'ids' in item,
  );
  return picked?.item.ids;
}
