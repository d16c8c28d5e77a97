// "Export Decisions" and "Import Decisions": all decisions of this workspace as JSON Lines, to and from a file that the user names.
import * as vscode from 'vscode';
import { readWholeDecisionsFile, writeDecisionsFile } from '../../workspace/decisions/decisionsFile';
import type { Reporter } from '../host/report';
import type { Decisions } from './decisions';

const filters = { 'JSON Lines': ['jsonl'] };

export async function exportDecisions(decisions: Decisions, reporter: Reporter): Promise<void> {
  const all = await decisions.all();
  if (all.length === 0) {
    reporter.notice(vscode.l10n.t('Nobody has decided on tags of this workspace yet, so there is nothing to export.'));
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = await vscode.window.showSaveDialog({
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, 'decisions.jsonl') } : {}),
    filters,
    title: vscode.l10n.t('Export Decisions'),
  });
  if (!file) return;
  await writeDecisionsFile(file.fsPath, all);
  await vscode.commands.executeCommand('vscode.open', file, { preview: true });
}

export async function importDecisions(decisions: Decisions, reporter: Reporter): Promise<void> {
  const picked = await vscode.window.showOpenDialog({ filters, title: vscode.l10n.t('Import Decisions') });
  const file = picked?.[0];
  if (!file) return;
  const all = await readWholeDecisionsFile(file.fsPath);
  const { changed } = await decisions.merge(all, { action: 'import', count: all.length });
  reporter.notice(
    vscode.l10n.t(
      '{0} of {1} decisions are new and were taken. “Undo Decision” takes that back.',
      changed.toLocaleString(),
      all.length.toLocaleString(),
    ),
  );
}
