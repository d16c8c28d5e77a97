// The lightbulb on a marked passage of a tag: accept it, reject it, move it.
import * as vscode from 'vscode';
import type { PassageMarks } from '../editor/passageMarks';
import type { CommandId } from '../host/names';
import { labelRow, type Targets } from './targets';

export class PassageActions implements vscode.CodeActionProvider {
  constructor(
    private readonly passages: PassageMarks,
    private readonly targets: Targets,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const marked = this.passages.at(document, range);
    if (!marked) return [];
    const { id, label, name } = marked;
    const tag = this.targets.tagsOf(id).find((one) => one.label === name);
    const row = labelRow(id, label);
    const action = (title: string, command: CommandId) => {
      const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      made.command = { title, command, arguments: [row] };
      return made;
    };
    return [
      ...(tag?.state === 'accepted' || tag?.state === 'added'
        ? []
        : [action(vscode.l10n.t('Accept “{0}”', name), 'glitag.acceptTag')]),
      ...(tag?.state === 'rejected' ? [] : [action(vscode.l10n.t('Reject “{0}”', name), 'glitag.rejectTag')]),
      ...(tag ? [action(vscode.l10n.t('Move “{0}” to Another Label', name), 'glitag.moveTag')] : []),
      ...(tag && tag.state !== 'proposed'
        ? [action(vscode.l10n.t('Take Back the Decision on “{0}”', name), 'glitag.takeBack')]
        : []),
    ];
  }
}
