// "Choose Label Set": a quick pick of the sets, with what is wrong with those that cannot be used left to the settings. Documents
// of the workspace that have no tags of the chosen set yet get them by a run, which is offered.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import type { Activity } from '../host/activity';
import type { LabelSets } from './labelSets';
import type { Reporter } from '../host/report';
import type { IndexHome } from '../results/indexHome';

interface SetItem extends vscode.QuickPickItem {
  readonly set: LabelSet | null;
}

export async function chooseLabelSet(
  labelSets: LabelSets,
  index: IndexHome,
  activity: Activity,
  reporter: Reporter,
): Promise<void> {
  const { sets, active } = labelSets.read();
  const items: SetItem[] = sets.map((set) => ({
    label: set.name,
    description: describe(set),
    detail: preview(set),
    ...(set === active ? { iconPath: new vscode.ThemeIcon('check') } : {}),
    set,
  }));
  items.push(
    { label: '', kind: vscode.QuickPickItemKind.Separator, set: null },
    { label: vscode.l10n.t('Edit Label Sets in Settings'), iconPath: new vscode.ThemeIcon('settings-gear'), set: null },
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Label Set'),
    placeHolder: vscode.l10n.t('Which labels are looked for'),
    matchOnDetail: true,
  });
  if (!picked) return;
  if (!picked.set) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'glitag.labelSets');
    return;
  }
  await labelSets.choose(picked.set.name);
  await index.load();
  const { state } = activity.state;
  if (state !== 'running' && state !== 'paused')
    offerRun(picked.set.name, index.taggedOtherwise?.documents ?? 0, reporter);
}

function offerRun(name: string, documents: number, reporter: Reporter): void {
  if (documents === 0) return;
  const message =
    documents === 1
      ? vscode.l10n.t('“{0}” is in use. One document of this workspace has no tags of it yet.', name)
      : vscode.l10n.t(
          '“{0}” is in use. {1} documents of this workspace have no tags of it yet.',
          name,
          documents.toLocaleString(),
        );
  reporter.notice(message, { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' });
}

function describe(set: LabelSet): string {
  const { length } = set.labels;
  const count = length === 1 ? vscode.l10n.t('1 label') : vscode.l10n.t('{0} labels', length);
  return set.mode === 'single-label' ? vscode.l10n.t('{0}, exactly one fits', count) : count;
}

function preview(set: LabelSet): string {
  const names = set.labels.map(({ name }) => name).join(', ');
  return names.length <= 120 ? names : `${names.slice(0, 119)}…`;
}
