// "Choose Label Set": a quick pick of all sets; one with a mistake says which, and leads to it. Documents of the workspace that
// have no tags of the chosen set yet get them by a run, which is offered.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { LabelSet } from '../../core/labelSet';
import type { LabelSetProblem } from '../../core/labelSetProblems';
import { labelsText } from '../host/countWords';
import type { Activity } from '../host/activity';
import type { CommandId } from '../host/names';
import type { Reporter } from '../host/report';
import type { IndexHome } from '../results/indexHome';
import type { IndexFile } from '../workspace/indexFile';
import type { LabelSets, LabelSetState } from './labelSets';
import type { SettingsFiles } from './settingsFiles';

interface SetItem extends vscode.QuickPickItem {
  readonly set?: LabelSet;
  readonly mistake?: LabelSetProblem;
  readonly command?: CommandId;
}

export interface ChooseParts {
  readonly labelSets: LabelSets;
  readonly files: SettingsFiles;
  readonly index: IndexHome;
  readonly file: IndexFile;
  readonly activity: Activity;
  readonly reporter: Reporter;
}

export async function chooseLabelSet({
  labelSets,
  files,
  index,
  file,
  activity,
  reporter,
}: ChooseParts): Promise<void> {
  const picked = await vscode.window.showQuickPick(items(labelSets.read()), {
    title: vscode.l10n.t('Label Set'),
    placeHolder: vscode.l10n.t('Which labels are looked for'),
    matchOnDetail: true,
  });
  if (!picked) return;
  if (picked.mistake) await files.open(picked.mistake);
  if (picked.command) await vscode.commands.executeCommand(picked.command);
  if (!picked.set) return;
  await labelSets.choose(picked.set.name);
  await index.load();
  const { state } = activity.state;
  if (state !== 'running' && state !== 'paused')
    offerRun(picked.set.name, file.taggedOtherwise?.documents ?? 0, reporter);
}

function items({ sets, active, broken }: LabelSetState): SetItem[] {
  const command = (label: string, icon: string, id: CommandId): SetItem => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    command: id,
  });
  return [
    ...sets.map((set) => ({
      label: set.name,
      description: describe(set),
      detail: preview(set),
      ...(set.name === active?.name ? { iconPath: new vscode.ThemeIcon('check') } : {}),
      set,
    })),
    ...broken.map((mistake) => ({
      label: mistake.set,
      description: vscode.l10n.t('cannot be used: open the settings at the mistake'),
      detail: mistake.message,
      iconPath: new vscode.ThemeIcon('error'),
      mistake,
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    command(vscode.l10n.t('New Label Set'), 'add', 'glitag.newLabelSet'),
    command(vscode.l10n.t('New Label Set from Gallery'), 'library', 'glitag.newLabelSetFromGallery'),
    command(vscode.l10n.t('Edit Label Set'), 'settings-gear', 'glitag.editLabelSet'),
  ];
}

function offerRun(name: string, documents: number, reporter: Reporter): void {
  if (documents === 0) return;
  const message =
    documents === 1
      ? vscode.l10n.t('“{0}” is in use. One document of this workspace has no tags of it yet.', name)
      : vscode.l10n.t(
          '“{0}” is in use. {1} documents of this workspace have no tags of it yet.',
          name,
          wholeNumber(documents),
        );
  reporter.notice(message, { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' });
}

function describe(set: LabelSet): string {
  const count = labelsText(set.labels.length);
  const labels = set.mode === 'single-label' ? vscode.l10n.t('{0}, exactly one fits', count) : count;
  return set.model === undefined ? labels : vscode.l10n.t('{0}, model “{1}”', labels, set.model);
}

function preview(set: LabelSet): string {
  const names = set.labels.map(({ name }) => name).join(', ');
  return names.length <= 120 ? names : `${names.slice(0, 119)}…`;
}
