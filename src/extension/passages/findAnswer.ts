// From a question to an answer: the passages of the workspace, and of open documents, that are nearest to it.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import { parseQuery } from '../../core/query/parseQuery';
import { QueryTest } from '../../core/query/queryTest';
import { splitQuestion } from '../../core/query/splitQuestion';
import type { Answer } from '../answers/answer';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { Results } from '../results/results';
import {
  offerTagging,
  tellNothingRead,
  unreadSentences,
  workspacePassages,
  type WorkspaceParts,
} from './workspacePassages';

/** Passages of an answer: more are no answer, but a list. */
const most = 10;

export interface FindParts extends WorkspaceParts {
  readonly labelSets: LabelSets;
  readonly index: IndexHome;
  readonly results: Results;
  readonly activity: Activity;
  readonly reporter: Reporter;
}

/** `asked`: see splitQuestion. Null where there was nothing to read, which the user has been told. Throws AppError, `cancelled` too. */
export async function findAnswer(asked: string, parts: FindParts): Promise<Answer | null> {
  const { question, filter } = splitQuestion(asked);
  const set = parts.labelSets.active();
  return parts.activity.run('working', vscode.l10n.t('Finding passages'), async ({ signal }) => {
    await parts.index.load();
    const matches = matching(filter, set, parts.results);
    const found = await workspacePassages(question, parts, { set, matches, top: most, signal });
    const { passages, documents, noIndex } = found;
    if (documents === 0) {
      if (!noIndex && filter !== '') parts.reporter.notice(vscode.l10n.t('No document matches “{0}”.', filter));
      else tellNothingRead(noIndex, parts.reporter);
      return null;
    }
    if (noIndex) offerTagging(parts.reporter);
    const unread = unreadSentences(found);
    return {
      kind: 'passages',
      title: asked,
      description: passages.length === 1 ? vscode.l10n.t('1 passage') : vscode.l10n.t('{0} passages', passages.length),
      ...(unread.length === 0 ? {} : { notice: unread.join(' ') }),
      children: passages,
      again: () => findAnswer(asked, parts),
    };
  });
}

/** Tells of documents by URI whether they match the search. */
export function matching(filter: string, set: LabelSet, results: Results): (uri: string) => boolean {
  if (filter === '') return () => true;
  const test = new QueryTest(
    parseQuery(
      filter,
      set.labels.map(({ name }) => name),
    ),
  );
  return (uri) => {
    const row = results.summary(uri);
    return row !== undefined && test.matches(row, row.title.toLowerCase());
  };
}
