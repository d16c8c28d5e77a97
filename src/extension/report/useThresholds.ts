// "Use These Thresholds": writes thresholds that a reader of the report chose into the label set in the settings.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { labelThresholdEdits, setThresholdEdits } from '../../core/thresholdEdits';
import { AppError } from '../../shared/errors';
import type { ChosenThresholds } from '../../shared/reportData';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { SettingsFiles } from '../labels/settingsFiles';

/** `name`: the label set that the report is about. Throws AppError label-set-invalid where it has changed since. */
export async function useThresholds(
  name: string,
  chosen: ChosenThresholds,
  labelSets: LabelSets,
  files: SettingsFiles,
  reporter: Reporter,
): Promise<void> {
  const set = labelSets.read().sets.find((one) => one.name === name);
  const known = new Set(set?.labels.map((label) => label.name));
  const wanted = new Map('labels' in chosen ? chosen.labels.map(({ label, threshold }) => [label, threshold]) : []);
  const written =
    set !== undefined &&
    [...wanted.keys()].every((label) => known.has(label)) &&
    (await files.change(name, (entry) =>
      'set' in chosen ? setThresholdEdits(entry, known, chosen.set) : labelThresholdEdits(entry, wanted),
    ));
  if (!written)
    throw new AppError(
      'label-set-invalid',
      vscode.l10n.t('The labels of “{0}” have changed since the report was made. Evaluate again.', name),
    );
  reporter.notice(saidOf(name, chosen), { title: vscode.l10n.t('Open Settings'), id: 'glitag.editLabelSet' });
}

function saidOf(name: string, chosen: ChosenThresholds): string {
  if ('set' in chosen) return vscode.l10n.t('The label set “{0}” has a new threshold in your settings.', name);
  const [only, ...others] = chosen.labels;
  return others.length === 0
    ? vscode.l10n.t('The label “{0}” of “{1}” has a new threshold in your settings.', only?.label ?? '', name)
    : vscode.l10n.t(
        '{0} labels of “{1}” have new thresholds in your settings.',
        wholeNumber(chosen.labels.length),
        name,
      );
}
