// What the model reads of a whole document that is kept in memory: one piece of it, behind its front matter.
import type * as vscode from 'vscode';
import { withoutFrontMatter } from '../../workspace/frontMatter/readFrontMatter';
import type { FrontMatterOptions } from '../../workspace/types';
import { isMarkdown } from './documentNames';
import type { Entry } from './memoryEntry';

export interface WholeText {
  /** Where it begins in the document; it ends with the document. */
  readonly start: number;
  /** Tags that the author wrote into the document. */
  readonly given: readonly string[];
}

/** Markdown by name or by language, since an untitled document has no name that says it. */
export function wholeText(uri: vscode.Uri, text: string, frontMatter: FrontMatterOptions): WholeText {
  if (!isMarkdown(uri.toString())) return { start: 0, given: [] };
  // An anchor holds one piece: where front matter is read, its tags stay in it.
  const { text: body, runs, given } = withoutFrontMatter(text, { ...frontMatter, read: false });
  return { start: frontMatter.read || body.trim() === '' ? 0 : (runs[1] ?? 0), given };
}

/** Puts the anchor of a whole document where its text is by now; selections stay where edits moved them. */
export function followWhole(entry: Entry, text: string, frontMatter: FrontMatterOptions): void {
  if (!entry.anchor.whole) return;
  const { start, given } = wholeText(entry.uri, text, frontMatter);
  entry.anchor = { ...entry.anchor, start, end: text.length };
  entry.given = given;
}
