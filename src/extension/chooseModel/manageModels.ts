// "Manage Models": what is installed and how much of the disk it takes; verify, open the folder, delete.
import * as vscode from 'vscode';
import { megabytes } from '../../models/diskSpace';
import type { InstalledModel } from '../../models/installRecord';
import type { FileProblem } from '../../models/modelStore';
import { removePartial } from '../../models/staging';
import { AppError } from '../../shared/errors';
import { signalOf } from '../host/signalOf';
import type { ChooseModelParts } from './chooseModel';
import { isRestricted } from './chooseModel';
import { installedFacts } from './modelItems';
import { hostText } from './modelWords';
import { useModel } from './useModel';

interface ManagedItem extends vscode.QuickPickItem {
  act?(): Promise<void>;
}

/** Throws AppError. */
export async function manageModels(parts: ChooseModelParts): Promise<void> {
  const { installed, reporter } = parts;
  if (isRestricted(reporter)) return;
  const { models, partial } = installed.store.diskBytes();
  const items = installed.store.list().map((model): ManagedItem => ({
    label: model.name,
    description: installedFacts(model).join(' · '),
    detail: [sourceText(model), ...usersText(model.name, parts)].join(' · '),
    act: () => manage(model, parts),
  }));
  const rest: ManagedItem = {
    label: vscode.l10n.t('Delete What Broken-Off Downloads Left'),
    description: megabytes(partial),
    detail: vscode.l10n.t('They could go on with it'),
    act: () => {
      removePartial(installed.store.folder, () => true);
      return Promise.resolve();
    },
  };
  const more: ManagedItem = {
    label: vscode.l10n.t('Choose or Install a Model…'),
    act: async () => {
      await vscode.commands.executeCommand('glitag.chooseModel');
    },
  };
  const picked = await vscode.window.showQuickPick([...items, ...(partial > 0 ? [rest] : []), more], {
    title: vscode.l10n.t('Installed Models: {0}', megabytes(models + partial)),
    placeHolder:
      items.length === 0
        ? vscode.l10n.t('None yet; the built-in one is part of the extension')
        : vscode.l10n.t('Verify one, open its folder, or delete it'),
    matchOnDetail: true,
  });
  await picked?.act?.();
}

async function manage(model: InstalledModel, parts: ChooseModelParts): Promise<void> {
  const item = (label: string, icon: string, act: () => Promise<unknown>, detail?: string) => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    act,
    ...(detail === undefined ? {} : { detail }),
  });
  const picked = await vscode.window.showQuickPick(
    [
      item(vscode.l10n.t('Use'), 'check', () => useModel(model.name, parts)),
      item(
        vscode.l10n.t('Verify'),
        'verified',
        () => verify(model, parts),
        vscode.l10n.t('Reads all its files and compares them with what was installed'),
      ),
      item(vscode.l10n.t('Open Folder'), 'folder-opened', () => openFolder(model), model.folder),
      item(vscode.l10n.t('Delete'), 'trash', () => remove(model, parts)),
    ],
    { title: model.name },
  );
  await picked?.act();
}

async function verify({ name, files }: InstalledModel, { installed, reporter }: ChooseModelParts): Promise<void> {
  const problems = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Verifying {0}', name), cancellable: true },
    (progress, token) => {
      let said = 0;
      return installed.store.verify(name, {
        signal: signalOf(token),
        onProgress: (done, total) => {
          const share = total === 0 ? 100 : (100 * done) / total;
          progress.report({ increment: share - said });
          said = share;
        },
      });
    },
  );
  if (problems.length === 0) {
    reporter.notice(vscode.l10n.t('All {0} files of {1} are as they were installed.', files.length, name));
    return;
  }
  const what = problems.map(problemText).join(', ');
  throw new AppError(
    'model-changed',
    vscode.l10n.t(
      '{0} is not as it was installed: {1}. Delete it in “GLiTag: Manage Models”, and install it again.',
      name,
      what,
    ),
  );
}

function problemText({ path, problem }: FileProblem): string {
  switch (problem) {
    case 'missing':
      return vscode.l10n.t('{0} is missing', path);
    case 'size':
      return vscode.l10n.t('{0} has another length', path);
    case 'content':
      return vscode.l10n.t('{0} has other content', path);
  }
}

async function openFolder({ folder }: InstalledModel): Promise<void> {
  const uri = vscode.Uri.file(folder);
  // On another machine there is no file manager to show it.
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop)
    await vscode.commands.executeCommand('revealFileInOS', uri);
  else await vscode.commands.executeCommand('vscode.openFolder', uri, { forceNewWindow: true });
}

async function remove({ name, bytes, folder }: InstalledModel, parts: ChooseModelParts): Promise<void> {
  const { installed, models, reporter } = parts;
  const users = usersText(name, parts);
  const detail = [
    vscode.l10n.t('{0} are freed. Tags that it gave stay until you tag again.', megabytes(bytes)),
    ...(users.length === 0
      ? []
      : [vscode.l10n.t('It is {0}: nothing is tagged there until you choose another model.', users.join(', '))]),
  ].join(' ');
  const question = vscode.l10n.t('Delete the model {0}?', name);
  if (!(await reporter.confirm(question, detail, vscode.l10n.t('Delete')))) return;
  // Its process ends first: Windows deletes no file that is open.
  await models.letGo(folder);
  installed.store.remove(name);
  installed.tell();
  reporter.notice(vscode.l10n.t('{0} is deleted.', name));
}

/** `in use by “notes”`, `in use by all label sets that name none`; empty where it is not. */
function usersText(name: string, { labelSets, config }: ChooseModelParts): string[] {
  const sets = labelSets.read().sets.filter(({ model }) => model === name);
  const isDefault = config.get('model.path').trim() === name;
  return [
    ...(sets.length === 0 ? [] : [vscode.l10n.t('in use by {0}', sets.map((set) => `“${set.name}”`).join(', '))]),
    ...(isDefault ? [vscode.l10n.t('in use by all label sets that name no model')] : []),
  ];
}

function sourceText({ source }: InstalledModel): string {
  switch (source.type) {
    case 'hub':
      return vscode.l10n.t('from {0}, revision {1}', hostText(source.host), source.commit.slice(0, 12));
    case 'folder':
    case 'archive':
      return vscode.l10n.t('from {0}', source.path);
  }
}
