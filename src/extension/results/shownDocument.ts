// What is held in memory of each document of the index: little, since there may be 100,000.
import * as vscode from 'vscode';
import type { LabelSet } from '../../core/labelSet';
import { effectiveTags, type EffectiveTags, type LabelVerdict } from '../../core/review/effectiveTags';
import type { LabelScore } from '../../core/tagResult';
import type { DocumentSummary } from '../../shared/viewMessages';
import { skipSentence } from '../../workspace/find/skipReasons';
import { decideStored } from '../../workspace/search/decideStored';
import type { DocumentPlace, Skip, StoredDetails, StoredDocument } from '../../workspace/types';
import type { DocumentName } from './documentNames';

export interface Shown {
  readonly document: StoredDocument;
  /** Decided when they are first asked for; the scores of all labels of 100,000 documents as objects would fill the memory. */
  tags: EffectiveTags | null;
  /** What people decided of the document under the active set; empty for most. `tags` is null when they change. */
  verdicts: readonly LabelVerdict[];
  /** sha256 of the text as it is now, where it is known; asked only where there are verdicts. */
  textHash: string | null;
  /** The open document's text is not the one that was scored. */
  edited: boolean;
  /** There was no such file when it was looked for last. */
  missing: boolean;
}

/** Evidence is read again when a document is opened: 100,000 documents of it would fill the memory. */
export function shownOf(stored: StoredDocument): Shown {
  const { id, uri, root, path, part, scores, chunkCount, stale, changed, given } = stored;
  const place = { uri, root, path, ...(part === undefined ? {} : { part }) };
  const document = { id, ...place, scores, chunkCount, stale, changed, given };
  return { document, tags: null, verdicts: [], textHash: null, edited: false, missing: false };
}

/** The document's tags under the set's thresholds and after people's decisions, put together at first need. */
export function tagsUnder(shown: Shown, set: LabelSet): EffectiveTags {
  const { document, verdicts, textHash } = shown;
  shown.tags ??= effectiveTags(decideStored(document, set), verdicts, set, { textHash });
  return shown.tags;
}

/** The scores of all labels with their chunks, in the set's order. */
export function scoresOf({ scores, evidence }: StoredDetails, set: LabelSet): LabelScore[] {
  return set.labels.map(({ name }, at) => ({
    label: name,
    score: scores[at] ?? 0,
    start: evidence[2 * at] ?? 0,
    end: evidence[2 * at + 1] ?? 0,
  }));
}

/** The row of what a run left out. */
export function skippedRow(skip: Skip): DocumentSummary {
  const why = skipSentence(skip);
  const skipped = skip.folder ? vscode.l10n.t('{0} (the whole folder)', why) : why;
  return { id: skip.uri, ...named(skip), tags: [], chunkCount: 0, stale: false, skipped };
}

/** As `nameOf`, without asking the editor 100,000 times. The parts of a file stand under it as files do under a folder. */
export function named({ root, path, part }: DocumentPlace): DocumentName & { readonly inFile?: true } {
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const file = several && root !== '' ? `${root}/${path}` : path;
  const segments = file.split('/');
  if (part === undefined) return { title: file, folders: segments.slice(0, -1) };
  return { title: `${file}/${part}`, folders: segments, inFile: true };
}
