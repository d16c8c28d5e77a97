// "Choose Model": which model reads, for the label set in use or for all; what is not there yet is installed first.
import * as vscode from 'vscode';
import { curatedModels } from '../../models/curatedModels';
import { parseHubReference } from '../../models/modelNames';
import { AppError } from '../../shared/errors';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { SettingsFiles } from '../labels/settingsFiles';
import type { InstalledModels } from '../models/installedModels';
import type { Models } from '../models/models';
import type { Config } from '../settings/config';
import { fetchModel } from './fetchModel';
import { installLocal } from './installLocal';
import { modelItems, type ModelChoice } from './modelItems';
import { hostText } from './modelWords';
import { useModel } from './useModel';

export interface ChooseModelParts {
  readonly config: Config;
  readonly labelSets: LabelSets;
  readonly files: SettingsFiles;
  readonly models: Models;
  readonly installed: InstalledModels;
  readonly reporter: Reporter;
}

/** Throws AppError. */
export async function chooseModel(parts: ChooseModelParts): Promise<void> {
  const { config, labelSets, models, reporter } = parts;
  if (isRestricted(reporter)) return;
  const set = labelSets.written;
  const inUse = models.nameOf(set?.model);
  const picked = await vscode.window.showQuickPick(modelItems(curatedModels, inUse, parts), {
    title: set ? vscode.l10n.t('Model for “{0}”', set.name) : vscode.l10n.t('Model'),
    placeHolder: vscode.l10n.t('Nothing is downloaded before you agree'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked?.choice) return;
  const name = await nameOf(picked.choice, parts, hostText(config.get('model.host')));
  if (name !== null) await useModel(name, parts);
}

/** Installing runs other people's files on this machine: not where the workspace may have asked for it. */
export function isRestricted(reporter: Pick<Reporter, 'notice'>): boolean {
  if (vscode.workspace.isTrusted) return false;
  reporter.notice(
    vscode.l10n.t(
      'Models are programs that run on this machine, so GLiTag chooses and installs them only in workspaces that you trust. Trust this one (“Workspaces: Manage Workspace Trust”), and choose again.',
    ),
  );
  return true;
}

/** The name of a model that is there now; null where the user goes no further. Throws AppError. */
async function nameOf(choice: ModelChoice, parts: ChooseModelParts, host: string): Promise<string | null> {
  switch (choice.kind) {
    case 'known':
      return choice.name;
    case 'curated':
      return (await fetchModel(choice.model.id, parts))?.name ?? null;
    case 'hub': {
      const reference = await askReference(host);
      return reference === undefined ? null : ((await fetchModel(reference, parts))?.name ?? null);
    }
    case 'local':
      return (await installLocal(parts))?.name ?? null;
    case 'manage':
      await vscode.commands.executeCommand('glitag.manageModels');
      return null;
  }
}

async function askReference(host: string): Promise<string | undefined> {
  const written = await vscode.window.showInputBox({
    title: vscode.l10n.t('Another Model of the Hub'),
    prompt: vscode.l10n.t(
      'A GLiClass model with ONNX files, as owner/name or owner/name@revision. {0} is asked what it has; nothing is downloaded yet.',
      host,
    ),
    placeHolder: 'owner/name',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        parseHubReference(text.trim());
        return undefined;
      } catch (error) {
        if (error instanceof AppError) return error.message;
        throw error;
      }
    },
  });
  return written?.trim();
}
