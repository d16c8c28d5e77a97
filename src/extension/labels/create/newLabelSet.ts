// "New Label Set": a skeleton or labels of one's own, tried on the open document and a few files, then saved and in use.
import * as vscode from 'vscode';
import { defaultThreshold, snippetDescriptions, snippetLabelSets } from '../../../core/defaultLabelSets';
import { parseLabelSets } from '../../../core/parseLabelSets';
import { formatTypedLabels } from '../../../core/typedLabels';
import type { LabelSetTarget } from '../../settings/config';
import type { LabelSets } from '../labelSets';
import type { SettingsFiles } from '../settingsFiles';
import { tryLabels, type Draft } from './tryPick';
import type { Tryout } from './tryout';

interface Start {
  /** Name to begin with. */
  readonly name: string;
  readonly draft: Draft;
}

export async function newLabelSet(
  labelSets: LabelSets,
  files: SettingsFiles,
  openTryout: () => Promise<Tryout>,
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
    if (!answer) return;
    const { sets, broken } = labelSets.read();
    const name = await askName(start.name, [...sets.map((set) => set.name), ...broken.map(({ set }) => set)]);
    if (name === undefined) return;
    const target = await pickTarget();
    if (!target) return;
    await files.save(name, answer.entry, target);
    await labelSets.choose(name);
    return;
  }
}

async function pickStart(): Promise<Start | undefined> {
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
  const picked = await vscode.window.showQuickPick([own, ...skeletons], {
    title: vscode.l10n.t('New Label Set'),
    placeHolder: vscode.l10n.t('Begin with labels of your own, or with a skeleton that you change'),
    matchOnDetail: true,
  });
  return picked?.start;
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
