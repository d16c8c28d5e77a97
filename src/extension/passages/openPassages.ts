// Passages of documents that are open in tabs: they are looked for also in what no run has read.
import * as vscode from 'vscode';
import { fileSpan } from '../../core/excerpt';
import type { CancelSignal } from '../../shared/classifier';
import { rankPassages } from '../../shared/passages/rankPassages';
import type { TextRanker } from '../../shared/passages/rankTexts';
import { passageFile, passageIn, type ScoredPassage } from '../answers/passageIn';
import { isMarkdown } from '../results/documentNames';
import { documentsInTabs } from '../results/openDocument';
import type { DocumentTexts } from '../workspace/documentTexts';

/** UTF-16 units that are read while a user waits: of all of them together. */
export const mostCharacters = 400_000;

export interface OpenPassages {
  /** Best first. */
  readonly passages: readonly ScoredPassage[];
  /** Documents that were read. */
  readonly documents: number;
  /** Documents that were not, because there was too much to read. */
  readonly leftOut: number;
}

/** Throws AppError what `rankPassages` throws. */
export async function openPassages(
  question: string,
  {
    classifier,
    texts,
    wanted,
    top,
    signal,
  }: {
    readonly classifier: TextRanker;
    readonly texts: DocumentTexts;
    readonly wanted: (uri: vscode.Uri) => boolean;
    readonly top: number;
    readonly signal: CancelSignal;
  },
): Promise<OpenPassages> {
  const all = documentsInTabs()
    .filter(({ uri }) => wanted(uri))
    .map((document) => ({ id: document.uri.toString(), file: document.getText() }))
    .map(({ id, file }) => ({ id, file, ...texts.of(id, file), isMarkdown: isMarkdown(id) }))
    .filter(({ text }) => text.trim() !== '');
  let characters = 0;
  const read = all.filter(({ text }) => {
    if (characters + text.length > mostCharacters) return false;
    characters += text.length;
    return true;
  });
  const ranked = await rankPassages(classifier, question, read, { top, priority: 'interactive', signal });
  const byId = new Map(read.map(({ id, file, runs }) => [id, { file: passageFile(file), runs }]));
  const passages = ranked.flatMap(({ id, score, ...span }) => {
    const document = byId.get(id);
    return document ? [passageIn(vscode.Uri.parse(id), document.file, fileSpan(document.runs, span), score)] : [];
  });
  return { passages, documents: read.length, leftOut: all.length - read.length };
}
