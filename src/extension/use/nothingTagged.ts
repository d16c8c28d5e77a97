// What commands say that need tags where there are none.
import * as vscode from 'vscode';

export function nothingTagged(): string {
  return vscode.l10n.t('Nothing has been tagged with this label set yet.');
}
