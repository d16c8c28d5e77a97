// What is said of models: how large, of what licence, for which languages, how good, and how far a download is.
import * as vscode from 'vscode';
import { scoreText } from '../../core/scoreText';
import { timeLeft } from '../../core/tree/words';
import type { CuratedModel, PublishedQuality } from '../../models/curatedModels';
import { megabytes } from '../../models/diskSpace';

/** `apache-2.0 · English · mean zero-shot F1 .57 as published` */
export function curatedDetail({ license, languages, quality }: CuratedModel): string {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const spoken = languages.map((code) => names.of(code) ?? code).join(', ');
  const figure =
    quality === null
      ? vscode.l10n.t('no figure of its quality known')
      : vscode.l10n.t('{0} {1} as published', quality.figure, scoreText(quality.value));
  return [license, spoken, figure].join(' · ');
}

/** With the page that says so; GLiTag measured nothing. */
export function qualityText({ figure, value, source }: PublishedQuality): string {
  return vscode.l10n.t('Published quality: {0} {1} ({2}).', figure, scoreText(value), hostText(source));
}

/** `175 MB`; `175 to 577 MB` where there are several files to choose from. */
export function curatedSize({ graphs }: CuratedModel): string {
  const sizes = Object.values(graphs).map((millions) => millions * 1e6);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? megabytes(least) : vscode.l10n.t('{0} to {1}', megabytes(least), megabytes(most));
}

export function licenceText(license: string | null): string {
  return license ?? vscode.l10n.t('licence not stated');
}

/** `12.0 of 52.1 MB, about 20 s left`; `secondsLeft`: null while nobody can say. */
export function downloadText(doneBytes: number, totalBytes: number, secondsLeft: number | null): string {
  const amount = vscode.l10n.t('{0} of {1}', megabytes(doneBytes), megabytes(totalBytes));
  if (secondsLeft === null || doneBytes >= totalBytes) return amount;
  return vscode.l10n.t('{0}, {1} left', amount, timeLeft(secondsLeft));
}

/** Without the scheme: `huggingface.co`. */
export function hostText(host: string): string {
  return host.replace(/^https?:\/\//u, '');
}
