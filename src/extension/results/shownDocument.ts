// What is held in memory of each document of the index: little, since there may be 100,000.
import * as vscode from 'vscode';
import type { LabelScore } from '../../core/tagResult';
import type { DocumentPlace, StoredDocument } from '../../workspace/types';
import type { DocumentName } from './documentNames';

export interface Shown {
  readonly document: StoredDocument;
  /** Decided when they are first asked for; the scores of all labels of 100,000 documents as objects would fill the memory. */
  tags: readonly LabelScore[] | null;
  /** The open document's text is not the one that was scored. */
  edited: boolean;
}

/** Evidence is read again when a document is opened: 100,000 documents of it would fill the memory. */
export function shownOf({ id, uri, root, path, scores, chunkCount, stale }: StoredDocument): Shown {
  return { document: { id, uri, root, path, scores, chunkCount, stale }, tags: null, edited: false };
}

/** As `nameOf`, without asking the editor 100,000 times. */
export function named({ root, path }: DocumentPlace): DocumentName {
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const title = several && root !== '' ? `${root}/${path}` : path;
  return { title, folders: title.split('/').slice(0, -1) };
}
