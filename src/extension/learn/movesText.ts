// The line that says which tags came and went because of decisions.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import { tagsText } from '../host/countWords';
import type { TagMoves } from './tagMoves';

/** Labels that the line names. */
const mostNamed = 3;

/** `Following your decisions: 3 tags gained, 1 lost (planning, hiring)`. At least one of both is not 0. */
export function movesText({ gained, lost, labels }: TagMoves): string {
  const counts =
    gained === 0
      ? vscode.l10n.t('{0} lost', tagsText(lost))
      : lost === 0
        ? vscode.l10n.t('{0} gained', tagsText(gained))
        : vscode.l10n.t('{0} gained, {1} lost', tagsText(gained), wholeNumber(lost));
  const named = labels.slice(0, mostNamed).join(', ');
  return labels.length > mostNamed
    ? vscode.l10n.t('Following your decisions: {0} (most of {1})', counts, named)
    : vscode.l10n.t('Following your decisions: {0} ({1})', counts, named);
}
