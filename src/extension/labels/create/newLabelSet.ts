// "New Label Set": a skeleton or labels of one's own, tried on the open document and a few files, then saved and in use.
import * as vscode from 'vscode';
import { defaultThreshold, snippetDescriptions, snippetLabelSets } from '../../../core/defaultLabelSets';
import { formatTypedLabels } from '../../../core/typedLabels';
import type { CommandId } from '../../host/names';
import type { LabelSets } from '../labelSets';
import type { SettingsFiles } from '../settingsFiles';
import { saveLabelSet } from './saveLabelSet';
import { tryLabels, type Draft } from './tryPick';
import type { Tryout } from './tryout';

export interface Start {
  /** Name to begin with. */
  readonly name: string;
  readonly draft: Draft;
}

interface StartItem extends vscode.QuickPickItem {
  readonly start?: Start;
  /** What begins otherwise. */
  readonly command?: CommandId;
}

/** `pickStart`: asks what to begin with; undefined where the user closed that. */
export async function newLabelSet(
  labelSets: LabelSets,
  files: SettingsFiles,
  openTryout: () => Promise<Tryout>,
  pickStart: () => Promise<Start | undefined> = pickSkeleton,
): Promise<void> {
  for (;;) {
    // Under way before it is needed: what is typed between two quick picks would go into the document.
    const tryout = openTryout();
    // One that fails before it is waited for must not pass for an error that nobody handles.
    tryout.catch(() => undefined);
    const start = await pickStart();
    if (!start) return;
    const answer = await tryLabels(start.draft, tryout);
    if (answer === 'back') continue;
    if (answer) await saveLabelSet(start.name, answer.entry, labelSets, files);
    return;
  }
}

async function pickSkeleton(): Promise<Start | undefined> {
  const skeletons = Object.entries(snippetLabelSets).map(([name, set]) => {
    const { labels, exclusive, mode, threshold } = set;
    const text = formatTypedLabels({ labels, exclusive: exclusive ?? [] });
    const draft = { text, ...(mode ? { mode } : {}), ...(threshold === undefined ? {} : { threshold }) };
    return { label: name, description: snippetDescriptions[name] ?? '', detail: text, start: { name, draft } };
  });
  const own = {
    label: vscode.l10n.t('Write labels'),
    iconPath: new vscode.ThemeIcon('edit'),
    start: { name: '', draft: { text: '', threshold: defaultThreshold } },
  };
  const others = [
    elsewhere(vscode.l10n.t('From the gallery'), 'library', 'glitag.newLabelSetFromGallery'),
    elsewhere(vscode.l10n.t('From folders and front matter'), 'list-tree', 'glitag.suggestLabelSet'),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
  ];
  const picked = await vscode.window.showQuickPick<StartItem>([own, ...others, ...skeletons], {
    title: vscode.l10n.t('New Label Set'),
    placeHolder: vscode.l10n.t('Begin with labels of your own, or with a skeleton that you change'),
    matchOnDetail: true,
  });
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
  return picked?.start;
}

function elsewhere(label: string, icon: string, command: CommandId): StartItem {
  return { label, iconPath: new vscode.ThemeIcon(icon), command };
}
