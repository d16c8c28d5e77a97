// What a search for words finds in the files of the workspace: the passages around the hits, as many as a model reads in a moment.
import * as vscode from 'vscode';
import { answerPassages } from '../../core/answerPassages';
import type { Span } from '../../core/tagResult';
import type { PassageSource } from '../../shared/passages/rankPassages';
import { findFiles } from '../../workspace/find/findFiles';
import { Breather } from '../../workspace/flow/breather';
import { mapOrdered } from '../../workspace/flow/mapOrdered';
import type { FileTree, FindOptions } from '../../workspace/types';
import { isMarkdown } from '../results/documentNames';
import { documentsInTabs } from '../results/openDocument';
import type { DocumentTexts } from '../workspace/documentTexts';

/** Passages that the model reads: some seconds with the embedded one. */
export const mostPassages = 400;
const readAhead = 8;

export interface Searched {
  /** Texts are whole documents; only what is `within` is to be read. */
  readonly sources: readonly PassageSource[];
  /** Passages with hits. */
  readonly passages: number;
  /** There would have been more. */
  readonly cut: boolean;
}

interface Parts {
  readonly tree: FileTree;
  readonly texts: DocumentTexts;
  readonly find: FindOptions;
}

/** Ends with AppError `cancelled` when the signal of `find` says so. */
export async function searchedPassages(pattern: RegExp, parts: Parts): Promise<Searched> {
  const sources: PassageSource[] = [];
  let passages = 0;
  const breather = new Breather();
  for await (const { uri, text } of documents(parts)) {
    if (breather.due) await breather.pause();
    const markdown = isMarkdown(uri);
    const within = passagesWith(pattern, text, markdown);
    if (within.length === 0) continue;
    sources.push({ id: uri, text, isMarkdown: markdown, within: within.slice(0, mostPassages - passages) });
    passages += within.length;
    if (passages > mostPassages) return { sources, passages: mostPassages, cut: true };
  }
  return { sources, passages, cut: false };
}

/** Each passage once, however many hits are in it. A hit in a heading counts for what follows it. */
function passagesWith(pattern: RegExp, text: string, markdown: boolean): Span[] {
  const hits = Array.from(text.matchAll(pattern), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  const [first, ...others] = hits.filter(({ start, end }) => start < end);
  if (!first) return [];
  // Both are in order.
  let hit: Span | undefined = first;
  const next = others.values();
  return answerPassages(text, { start: 0, end: text.length }, markdown).filter((passage) => {
    while (hit && hit.end <= passage.start) hit = next.next().value;
    return hit !== undefined && hit.start < passage.end;
  });
}

interface Text {
  readonly uri: string;
  readonly text: string;
}

/** Whole documents as they are now: files of the folders, then what is open and is none of them. */
async function* documents({ tree, texts, find }: Parts): AsyncGenerator<Text, void> {
  const met = new Set<string>();
  const files = mapOrdered(findFiles(tree, find), readAhead, async (entry) => {
    if (entry.type === 'skip') return null;
    const now = await texts.now(entry.file);
    return { uri: entry.file.uri, text: now.ok ? now.document : '' };
  });
  for await (const found of files) {
    if (!found) continue;
    met.add(found.uri);
    yield found;
  }
  for (const document of documentsInTabs()) {
    const uri = document.uri.toString();
    if (!met.has(uri) && !vscode.workspace.getWorkspaceFolder(document.uri)) yield { uri, text: document.getText() };
  }
}
