// From a question to the passages of the workspace, and of open documents, that are nearest to it.
import * as vscode from 'vscode';
import { embeddedName, type LabelSet } from '../../core/labelSet';
import { parseQuery } from '../../core/query/parseQuery';
import { QueryTest } from '../../core/query/queryTest';
import { splitQuestion } from '../../core/query/splitQuestion';
import { findPassages } from '../../workspace/passages/findPassages';
import { fileOf } from '../../workspace/split/parts';
import type { DocumentPlace } from '../../workspace/types';
import type { Answer, AnswerPassage } from '../answers/answer';
import { passageIn } from '../answers/passageIn';
import type { Activity } from '../host/activity';
import type { Reporter } from '../host/report';
import type { LabelSets } from '../labels/labelSets';
import type { ModelHost } from '../models/modelHost';
import type { Models } from '../models/models';
import type { IndexHome } from '../results/indexHome';
import type { Results } from '../results/results';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { IndexFile } from '../workspace/indexFile';
import { openPassages } from './openPassages';

/** Passages of an answer: more are no answer, but a list. */
const most = 10;

export interface FindParts {
  readonly labelSets: LabelSets;
  readonly models: Pick<Models, 'of'>;
  readonly file: IndexFile;
  readonly index: IndexHome;
  readonly results: Results;
  readonly texts: DocumentTexts;
  readonly activity: Activity;
  readonly reporter: Reporter;
}

/** `asked`: see splitQuestion. Null where there was nothing to read, which the user has been told. Throws AppError, `cancelled` too. */
export async function findAnswer(asked: string, parts: FindParts): Promise<Answer | null> {
  const { question, filter } = splitQuestion(asked);
  const set = parts.labelSets.active();
  return parts.activity.run('working', vscode.l10n.t('Finding passages'), async ({ signal }) => {
    await parts.index.load();
    const model = parts.models.of(set.model);
    const matches = matching(filter, set, parts.results);
    const kept = await keptPassages(question, set, model, matches, parts, signal);
    const wanted = (uri: vscode.Uri) => !kept.met.has(uri.toString()) && matches(uri.toString());
    const open = await openPassages(question, { classifier: model, texts: parts.texts, wanted, top: most, signal });
    const noIndex = kept.met.size === 0 && vscode.workspace.workspaceFolders !== undefined;
    if (kept.documents + open.documents === 0) {
      tellNothing(filter, noIndex, parts.reporter);
      return null;
    }
    if (noIndex) offerTagging(parts.reporter);
    const passages = [...kept.passages, ...open.passages]
      .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
      .slice(0, most);
    const notice = noticeOf(noIndex, kept.leftOut + open.leftOut);
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

interface KeptPassages {
  readonly passages: readonly AnswerPassage[];
  /** All documents of the index, whether they match or not: URIs of files. */
  readonly met: ReadonlySet<string>;
  readonly documents: number;
  readonly leftOut: number;
}

/** Of the documents that the index has. */
async function keptPassages(
  question: string,
  set: LabelSet,
  model: ModelHost,
  matches: (uri: string) => boolean,
  { file, models, texts }: FindParts,
  signal: AbortSignal,
): Promise<KeptPassages> {
  const met = new Set<string>();
  const key = await file.keyOf(set);
  if (!key) return { passages: [], met, documents: 0, leftOut: 0 };
  const files = new Map<string, string>();
  const { capabilities } = await model.describe(signal);
  const { passages, documents, leftOut } = await findPassages(question, {
    store: key.store,
    task: key.task,
    classifier: model,
    chooser: capabilities.keepsVectors ? model : models.of(embeddedName),
    wanted: ({ uri }) => {
      met.add(fileOf(uri));
      return matches(uri);
    },
    read: async (place: DocumentPlace) => {
      const now = await texts.now(place);
      if (!now.ok) return null;
      files.set(place.uri, now.document);
      return { text: now.text, runs: now.runs, file: now.document };
    },
    top: most,
    signal,
  });
  return {
    passages: passages.map(({ place, score, ...span }) =>
      passageIn(vscode.Uri.parse(fileOf(place.uri)), files.get(place.uri) ?? '', span, score),
    ),
    met,
    documents,
    leftOut,
  };
}

/** Tells of documents by URI whether they match the search. */
function matching(filter: string, set: LabelSet, results: Results): (uri: string) => boolean {
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
    ...(leftOut === 0 ? [] : [notRead(leftOut)]),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
}

function notRead(documents: number): string {
  return documents === 1
    ? vscode.l10n.t('1 document was not read: there was too much text.')
    : vscode.l10n.t('{0} documents were not read: there was too much text.', documents.toLocaleString());
}
