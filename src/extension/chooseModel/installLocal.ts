// "Install Model from Folder or Archive": for machines without a network. What the model needs is copied, the rest stays where it is.
import * as vscode from 'vscode';
import { addFromArchive, isArchive } from '../../models/local/addFromArchive';
import { addFromFolder } from '../../models/local/addFromFolder';
import type { InstalledModel } from '../../models/installRecord';
import type { InstalledModels } from '../models/installedModels';
import { installing } from './installing';

/** Null where the user goes no further. Throws AppError: what the store throws; cancelled. */
export async function installLocal({
  installed,
}: {
  readonly installed: InstalledModels;
}): Promise<InstalledModel | null> {
  const kind = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('A Folder'),
        detail: vscode.l10n.t('With config.json, tokenizer.json and an .onnx file'),
        isFolder: true,
      },
      {
        label: vscode.l10n.t('An Archive or an .onnx File'),
        detail: '.zip, .tar.gz, .tgz, .tar, .onnx',
        isFolder: false,
      },
    ],
    { title: vscode.l10n.t('Install Model from') },
  );
  const picked = kind && (await pick(kind.isFolder));
  if (!picked) return null;
  const source = picked.fsPath;
  return installing(vscode.l10n.t('Installing {0}', source), installed, (options) =>
    isArchive(source)
      ? addFromArchive(installed.store, source, options)
      : addFromFolder(installed.store, source, options),
  );
}

/** Dialogs of some systems show folders or files, never both. */
async function pick(isFolder: boolean): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Install Model'),
    openLabel: vscode.l10n.t('Install'),
    canSelectFolders: isFolder,
    canSelectFiles: !isFolder,
    ...(isFolder ? {} : { filters: { [vscode.l10n.t('Models')]: ['zip', 'gz', 'tgz', 'tar', 'onnx'] } }),
  });
  return picked?.[0];
}
