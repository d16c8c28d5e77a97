// "Choose Label Set": a quick pick of the sets, with what is wrong with those that cannot be used left to the settings.
import * as vscode from 'vscode';
import type { LabelSet } from '../core/labelSet';
import type { LabelSets } from './labelSets';

interface SetItem extends vscode.QuickPickItem {
  readonly set: LabelSet | null;
}

export async function chooseLabelSet(labelSets: LabelSets): Promise<void> {
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
  if (picked.set) await labelSets.choose(picked.set.name);
  else await vscode.commands.executeCommand('workbench.action.openSettings', 'glitag.labelSets');
}

function describe(set: LabelSet): string {
  const count = vscode.l10n.t('{0} labels', set.labels.length);
  return set.mode === 'single-label' ? vscode.l10n.t('{0}, exactly one fits', count) : count;
}

function preview(set: LabelSet): string {
  const names = set.labels.map(({ name }) => name).join(', ');
  return names.length <= 120 ? names : `${names.slice(0, 119)}…`;
}
