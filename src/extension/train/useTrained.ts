// The answer to "use the new model?": the label set names the model in the settings, or what it named before.
import * as vscode from 'vscode';
import { modelEdit, writtenModel } from '../../core/writtenModel';
import { AppError } from '../../shared/errors';
import type { SettingsFiles } from '../labels/settingsFiles';
import type { Config } from '../settings/config';
import type { KeptTraining } from './keptTrainings';

/** Whether the label set is to use the model in `folder`. Resolves to whether it does. Throws AppError label-set-invalid where the set is gone. */
export async function useTrained(
  use: boolean,
  { name, labelSet, modelBefore }: KeptTraining,
  folder: string,
  config: Pick<Config, 'labelSetEntry' | 'setModel'>,
  files: Pick<SettingsFiles, 'change'>,
): Promise<boolean> {
  const named = writtenModel(config.labelSetEntry(labelSet));
  if (use === (named === name)) return use;
  // What the set names now is left alone where that is another model still.
  if (!use && named !== name) return false;
  // The name first: a label set must not name a model that nobody knows.
  if (use) await config.setModel(name, folder);
  const model = use ? name : (modelBefore ?? undefined);
  if (await files.change(labelSet, (entry) => [modelEdit(entry, model)])) return use;
  throw new AppError(
    'label-set-invalid',
    vscode.l10n.t('The label set “{0}” is not in your settings any more, so nothing was changed.', labelSet),
  );
}
