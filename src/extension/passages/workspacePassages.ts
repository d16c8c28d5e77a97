// The passages of the workspace, and of open documents that no run has read, that are nearest to a question or a statement.
import * as vscode from 'vscode';
import { wholeNumber } from '../../core/countText';
import type { LabelSet } from '../../core/labelSet';
import type { CancelSignal } from '../../shared/classifier';
import { fileOf } from '../../workspace/split/parts';
import { passageFile, passageIn, type ScoredPassage } from '../answers/passageIn';
import type { Reporter } from '../host/report';
import type { IndexFile } from '../workspace/indexFile';
import { keptPassages, type KeptParts } from './keptPassages';
import { openPassages } from './openPassages';

export interface WorkspaceParts extends KeptParts {
  readonly file: IndexFile;
}

export interface WorkspaceOptions {
  /** The label set under which documents are kept, and whose model reads. */
  readonly set: LabelSet;
  /** Tells of documents by URI whether they are looked at. */
  readonly matches: (uri: string) => boolean;
  readonly top: number;
  readonly signal: CancelSignal;
}

export interface WorkspacePassages {
  /** Best first. */
  readonly passages: readonly ScoredPassage[];
  /** Documents that were looked at, by their vectors or by reading them. */
  readonly documents: number;
  readonly leftOut: number;
  /** There are folders of which nothing is in the index. */
  readonly noIndex: boolean;
}

/** Throws AppError what findPassages and rankPassages throw. */
export async function workspacePassages(
  question: string,
  parts: WorkspaceParts,
  options: WorkspaceOptions,
): Promise<WorkspacePassages> {
  const { set, matches, top, signal } = options;
  const kept = await ofIndex(question, parts, options);
  const wanted = (uri: vscode.Uri) => !kept.met.has(uri.toString()) && matches(uri.toString());
  const open = await openPassages(question, {
    classifier: parts.models.of(set.model),
    texts: parts.texts,
    wanted,
    top,
    signal,
  });
  return {
    passages: [...kept.passages, ...open.passages].sort((a, b) => b.score - a.score).slice(0, top),
    documents: kept.documents + open.documents,
    leftOut: kept.leftOut + open.leftOut,
    noIndex: kept.met.size === 0 && vscode.workspace.workspaceFolders !== undefined,
  };
}

interface IndexPassages extends Omit<WorkspacePassages, 'noIndex'> {
  /** All documents of the index, whether they match or not: URIs of files. */
  readonly met: ReadonlySet<string>;
}

/** Of the documents that the index has. */
async function ofIndex(
  question: string,
  parts: WorkspaceParts,
  { matches, ...options }: WorkspaceOptions,
): Promise<IndexPassages> {
  const met = new Set<string>();
  const key = await parts.file.keyOf(options.set);
  if (!key) return { passages: [], met, documents: 0, leftOut: 0 };
  const wanted = (uri: string) => {
    met.add(fileOf(uri));
    return matches(uri);
  };
  const { passages, files, documents, leftOut } = await keptPassages(question, key, parts, { ...options, wanted });
  return {
    passages: passages.map(({ place, score, ...span }) =>
      passageIn(vscode.Uri.parse(fileOf(place.uri)), files.get(place.uri) ?? passageFile(''), span, score),
    ),
    met,
    documents,
    leftOut,
  };
}

/** What was not read, in sentences. */
export function unreadSentences({ noIndex, leftOut }: Pick<WorkspacePassages, 'noIndex' | 'leftOut'>): string[] {
  return [
    ...(noIndex ? [vscode.l10n.t('Open documents only: the workspace has not been tagged yet.')] : []),
    ...(leftOut === 0 ? [] : [notRead(leftOut)]),
  ];
}

function notRead(documents: number): string {
  return documents === 1
    ? vscode.l10n.t('1 document was not read: there was too much text.')
    : vscode.l10n.t('{0} documents were not read: there was too much text.', wholeNumber(documents));
}

export function offerTagging(reporter: Reporter): void {
  reporter.notice(
    vscode.l10n.t('This workspace has not been tagged yet: passages can be found in open documents only.'),
    { title: vscode.l10n.t('Tag Workspace'), id: 'glitag.tagWorkspace' },
  );
}

/** For where there was no document at all to look at. */
export function tellNothingRead(noIndex: boolean, reporter: Reporter): void {
  if (noIndex) offerTagging(reporter);
  else reporter.notice(vscode.l10n.t('There is no text to find passages in. Open a folder or a document.'));
}
