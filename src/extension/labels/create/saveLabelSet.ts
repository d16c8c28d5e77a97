// The last steps of every new label set: its name, whose settings it goes to; then it is in use.
import * as vscode from 'vscode';
import { parseLabelSets } from '../../../core/parseLabelSets';
import type { LabelSetTarget } from '../../settings/config';
import type { LabelSets } from '../labelSets';
import type { SettingsFiles } from '../settingsFiles';

/** `suggested`: the name to begin with. Resolves when the set is in use, or the user closed a step. */
export async function saveLabelSet(
  suggested: string,
  entry: object,
  labelSets: LabelSets,
  files: SettingsFiles,
): Promise<void> {
  const { sets, broken } = labelSets.read();
  const name = await askName(suggested, [...sets.map((set) => set.name), ...broken.map(({ set }) => set)]);
  if (name === undefined) return;
  const target = await pickTarget();
  if (!target) return;
  await files.save(name, entry, target);
  await labelSets.choose(name);
}

async function askName(suggested: string, taken: readonly string[]): Promise<string | undefined> {
  let value = suggested;
  for (let number = 2; taken.includes(value); number++) value = `${suggested} ${number}`;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Label Set: name'),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (taken.includes(text.trim())) return vscode.l10n.t('There is a label set of this name. Choose another name.');
      return parseLabelSets({ [text.trim()]: { labels: ['x'] } }).problems[0]?.message;
    },
  });
  return name?.trim();
}

/** Without a folder there is only the user. */
async function pickTarget(): Promise<LabelSetTarget | undefined> {
  if (!vscode.workspace.workspaceFolders) return 'user';
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('User settings'),
        description: vscode.l10n.t('in every workspace'),
        target: 'user' as const,
      },
      {
        label: vscode.l10n.t('Workspace settings'),
        description: vscode.l10n.t('only here, and for others who have the workspace'),
        target: 'workspace' as const,
      },
    ],
    { title: vscode.l10n.t('New Label Set: save it to'), ignoreFocusOut: true },
  );
  return picked?.target;
}
