// From a question to the passages that answer it, and what is said where there are none.
import * as vscode from 'vscode';
import { splitQuestion } from '../../core/query/splitQuestion';
import type { Answer } from '../answers/answer';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import { workspacePassages, type PassageParts } from './workspacePassages';

/** Passages of an answer: more are no answer, but a list. */
const most = 20;

export interface FindParts extends PassageParts {
  readonly activity: Activity;
  readonly reporter: Reporter;
}

/** `asked`: see splitQuestion. Null where there was nothing to read, which the user has been told. Throws AppError, `cancelled` too. */
export async function findAnswer(asked: string, parts: FindParts): Promise<Answer | null> {
  const { question, filter } = splitQuestion(asked);
  return parts.activity.run('working', vscode.l10n.t('Finding passages'), async ({ signal }) => {
    const found = await workspacePassages(question, { search: filter, limit: most, signal }, parts);
    const { passages, documents, leftOut, noIndex } = found;
    if (documents === 0) {
      tellNothing(filter, noIndex, parts.reporter);
      return null;
    }
    if (noIndex) offerTagging(parts.reporter);
    const notice = noticeOf(noIndex, leftOut);
    return {
      kind: 'passages',
      title: asked,
      description: passages.length === 1 ? vscode.l10n.t('1 passage') : vscode.l10n.t('{0} passages', passages.length),
      ...(notice === null ? {} : { notice }),
      children: passages,
      again: () => findAnswer(asked, parts),
    };
  });
}

function tellNothing(filter: string, noIndex: boolean, reporter: Reporter): void {
  if (noIndex) offerTagging(reporter);
  else if (filter !== '') reporter.notice(vscode.l10n.t('No document matches “{0}”.', filter));
  else reporter.notice(vscode.l10n.t('There is no text to find passages in. Open a folder or a document.'));
}

function offerTagging(reporter: Reporter): void {
  reporter.notice(
    vscode.l10n.t('This workspace has not been tagged yet: passages can be found in open documents only.'),
    { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' },
  );
}

function noticeOf(noIndex: boolean, leftOut: number): string | null {
  const sentences = [
    ...(noIndex ? [vscode.l10n.t('Open documents only: the workspace has not been tagged yet.')] : []),
    ...(leftOut === 0
      ? []
      : [vscode.l10n.t('{0} documents were not read: there was too much text.', leftOut.toLocaleString())]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}
