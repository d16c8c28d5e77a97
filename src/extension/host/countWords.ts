// Counts of what there is most of, in words.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';

export function tagsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 tag') : vscode.l10n.t('{0} tags', wholeNumber(count));
}

export function documentsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 document') : vscode.l10n.t('{0} documents', wholeNumber(count));
}

export function labelsText(count: number): string {
  return count === 1 ? vscode.l10n.t('1 label') : vscode.l10n.t('{0} labels', wholeNumber(count));
}
