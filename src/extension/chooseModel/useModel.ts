// For whom a chosen model counts: the label set in use, or all that name none. Nothing is tagged again by it.
import * as vscode from 'vscode';
import { embeddedName } from '../../core/labelSet';
import { modelEdit } from '../../core/writtenModel';
import type { LabelSets } from '../labels/labelSets';
import type { SettingsFiles } from '../labels/settingsFiles';
import type { Models } from '../models/models';
import type { Config } from '../settings/config';

export interface UseParts {
  readonly config: Pick<Config, 'setDefaultModel'>;
  readonly labelSets: Pick<LabelSets, 'written' | 'settled'>;
  readonly files: Pick<SettingsFiles, 'change'>;
  readonly models: Models;
}

/** `name`: `embedded`, one of `glitag.models`, or an installed one. Throws AppError. */
export async function useModel(name: string, { config, labelSets, files, models }: UseParts): Promise<void> {
  const set = labelSets.written;
  const forSet = set && {
    label: vscode.l10n.t('Only “{0}”', set.name),
    description: set.model === name ? vscode.l10n.t('has it now') : '',
    detail: vscode.l10n.t('Writes its “model”; other label sets stay as they are'),
  };
  const forAll = {
    label: vscode.l10n.t('All label sets that name no model'),
    description: models.titleOf(undefined) === models.titleOf(name) ? vscode.l10n.t('have it now') : '',
    detail: vscode.l10n.t('Writes “glitag.model.path” of this machine'),
  };
  const picked = await vscode.window.showQuickPick(forSet ? [forSet, forAll] : [forAll], {
    title: vscode.l10n.t('Use {0} for', models.titleOf(name)),
    placeHolder: vscode.l10n.t('Tags of the model before stay, marked as stale, until you tag again'),
  });
  if (picked === forAll) await config.setDefaultModel(name === embeddedName ? null : name);
  else if (picked && set) await files.change(set.name, (entry) => [modelEdit(entry, name)]);
  else return;
  await labelSets.settled();
  const who = picked === forAll ? vscode.l10n.t('label sets that name no model') : `“${set?.name ?? ''}”`;
  vscode.window.setStatusBarMessage(vscode.l10n.t('{0} is the model of {1}.', models.titleOf(name), who), 6000);
}
