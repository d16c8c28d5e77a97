// The documents that a search for words goes through: files as the editor's own search takes them, and what is open.
import * as vscode from 'vscode';
import { findFiles } from '../../workspace/find/findFiles';
import { mapOrdered } from '../../workspace/flow/mapOrdered';
import type { FileTree } from '../../workspace/types';
import { isMarkdown, isWorkspaceFile, nameOf } from '../results/documentNames';
import { documentsInTabs } from '../results/openDocument';
import type { Config } from '../settings/config';
import type { DocumentTexts } from '../workspace/documentTexts';
import { hiddenRoots } from '../workspace/runOptions';
import { workspaceRoots } from '../workspace/runRoots';
import type { SearchedText } from './searchedPassages';

const readAhead = 8;

interface Parts {
  readonly tree: FileTree;
  readonly texts: DocumentTexts;
  readonly config: Config;
}

/**
 * As they are now: files of the folders, without what ignore files, `files.exclude` and `search.exclude` name, then documents in tabs
 * that are none of these. Ends with AppError `cancelled` when the signal says so. Throws SettingError.
 */
export async function* searchedTexts(
  { tree, texts, config }: Parts,
  signal: AbortSignal,
): AsyncGenerator<SearchedText, void> {
  const entries = findFiles(tree, {
    roots: hiddenRoots(config, workspaceRoots()),
    include: [],
    exclude: [],
    parentIgnoreFiles: true,
    maxFileBytes: config.get('maxFileSizeKb') * 1024,
    signal,
  });
  const files = mapOrdered(entries, readAhead, async (entry) => {
    if (entry.type !== 'file') return null;
    const { uri } = entry.file;
    const now = await texts.whole(uri);
    return now.ok ? textOf(uri, now.document) : null;
  });
  for await (const file of files) if (file) yield file;
  for (const document of documentsInTabs())
    if (!isWorkspaceFile(document.uri)) yield textOf(document.uri.toString(), document.getText());
}

function textOf(id: string, text: string): SearchedText {
  return { id, name: nameOf(vscode.Uri.parse(id)).title, text, isMarkdown: isMarkdown(id) };
}
