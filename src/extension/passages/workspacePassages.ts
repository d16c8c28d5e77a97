// The passages of the workspace, and of open documents, that are nearest to a question: for "Find Passages" and other extensions.
import * as vscode from 'vscode';
import { embeddedName, type LabelSet } from '../../core/labelSet';
import { parseQuery } from '../../core/query/parseQuery';
import { QueryTest } from '../../core/query/queryTest';
import type { CancelSignal } from '../../shared/classifier';
import { findPassages } from '../../workspace/passages/findPassages';
import { fileOf } from '../../workspace/split/parts';
import type { DocumentPlace } from '../../workspace/types';
import type { AnswerPassage } from '../answers/answer';
import { passageIn } from '../answers/passageIn';
import type { LabelSets } from '../labels/labelSets';
import type { ModelHost } from '../models/modelHost';
import type { Models } from '../models/models';
import type { IndexHome } from '../results/indexHome';
import type { Results } from '../results/results';
import type { DocumentTexts } from '../workspace/documentTexts';
import type { IndexFile } from '../workspace/indexFile';
import { openPassages } from './openPassages';

export interface PassageParts {
  readonly labelSets: LabelSets;
  readonly models: Pick<Models, 'of'>;
  readonly file: IndexFile;
  readonly index: IndexHome;
  readonly results: Results;
  readonly texts: DocumentTexts;
}

export interface PassagesRequest {
  /** Only in documents that match it (core/query); empty: in all. */
  readonly search: string;
  /** Passages at most. */
  readonly limit: number;
  readonly signal?: CancelSignal | undefined;
}

export interface WorkspacePassages {
  /** Best first. */
  readonly passages: readonly AnswerPassage[];
  /** Documents that there were. */
  readonly documents: number;
  /** Of these: not read, because there was too much text. */
  readonly leftOut: number;
  /** No run has read the workspace: only open documents were. */
  readonly noIndex: boolean;
}

/** Throws AppError what the models throw, `cancelled` too. */
export async function workspacePassages(
  question: string,
  request: PassagesRequest,
  parts: PassageParts,
): Promise<WorkspacePassages> {
  const { search, limit, signal } = request;
  const set = parts.labelSets.active();
  await parts.index.load();
  const model = parts.models.of(set.model);
  const matches = matching(search, set, parts.results);
  const kept = await keptPassages(question, set, model, matches, parts, request);
  const wanted = (uri: vscode.Uri) => !kept.met.has(uri.toString()) && matches(uri.toString());
  const asked = { classifier: model, texts: parts.texts, wanted, top: limit, ...(signal ? { signal } : {}) };
  const open = await openPassages(question, asked);
  const passages = [...kept.passages, ...open.passages].sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  return {
    passages: passages.slice(0, limit),
    documents: kept.documents + open.documents,
    leftOut: kept.leftOut + open.leftOut,
    noIndex: kept.met.size === 0 && vscode.workspace.workspaceFolders !== undefined,
  };
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
  { file, models, texts }: PassageParts,
  { limit, signal }: PassagesRequest,
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
    top: limit,
    ...(signal ? { signal } : {}),
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
