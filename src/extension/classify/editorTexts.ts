// The texts that a command classifies: selections of an editor, or whole documents.
import type * as vscode from 'vscode';
import type { Span } from '../../core/tagResult';
import { isWorkspaceFile, nameOf, selectionTitle } from '../results/documentNames';
import type { Wanted } from './classify';
import { symbolBreaks } from './symbolBreaks';

/** A text of a document with where it is from. */
export interface SourceText {
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly title: string;
  readonly folders: readonly string[];
  readonly text: string;
  readonly range: Span;
  readonly whole: boolean;
  /** Offsets into `text` at which a chunk should rather begin. */
  readonly breaks: readonly number[];
}

/** Shorter texts fit into one chunk in any case, so that the language support need not be asked. */
const breaksFromLength = 500;

/** Each selection that is not empty, top down; the whole document where all are empty. Blank texts are left out. */
export async function selectedTexts(editor: vscode.TextEditor): Promise<Wanted> {
  const { document, selections } = editor;
  const ranges = selections.filter(({ isEmpty }) => !isEmpty).sort((a, b) => a.start.compareTo(b.start));
  if (ranges.length === 0) return wholeDocument(document);
  const breaks = ranges.some((range) => document.getText(range).length >= breaksFromLength)
    ? await symbolBreaks(document)
    : [];
  const texts = ranges
    .map((range) => {
      const start = document.offsetAt(range.start);
      const end = document.offsetAt(range.end);
      return {
        id: `selection:${document.uri.toString()}#${start}-${end}`,
        uri: document.uri,
        title: selectionTitle(document.uri, range),
        folders: nameOf(document.uri).folders,
        text: document.getText(range),
        range: { start, end },
        whole: false,
        breaks: breaks.filter((at) => at > start && at < end).map((at) => at - start),
      };
    })
    .filter(({ text }) => text.trim() !== '');
  return { texts, files: [] };
}

/** The document as a whole: by name where it is a file of the workspace, else its text. Nothing where it is blank. */
export async function wholeDocument(document: vscode.TextDocument): Promise<Wanted> {
  const text = document.getText();
  if (text.trim() === '') return { texts: [], files: [] };
  if (isWorkspaceFile(document.uri)) return { texts: [], files: [document.uri] };
  return { texts: [await textOf(document)], files: [] };
}

/** The text of a document that is no file of the workspace. */
export async function textOf(document: vscode.TextDocument): Promise<SourceText> {
  const text = document.getText();
  const breaks = text.length >= breaksFromLength ? await symbolBreaks(document) : [];
  return {
    id: document.uri.toString(),
    uri: document.uri,
    ...nameOf(document.uri),
    text,
    range: { start: 0, end: text.length },
    whole: true,
    breaks: breaks.filter((at) => at > 0),
  };
}
