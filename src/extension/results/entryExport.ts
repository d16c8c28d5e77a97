// A text that is kept in memory as the exports write it.
import * as vscode from 'vscode';
import type { EffectiveTags } from '../../core/review/effectiveTags';
import type { LabelScore } from '../../core/tagResult';
import type { ExportDocument } from '../../workspace/types';
import { inDocument, type Entry } from './memoryEntry';

export function entryExport(
  { uri, anchor, title, given }: Entry,
  { tags, rejected }: EffectiveTags,
  scores: readonly LabelScore[],
  stale: boolean,
): ExportDocument {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // The title names the folder where there are several, and the lines of a selection.
  const path = folder && anchor.whole ? vscode.workspace.asRelativePath(uri, false) : title;
  const { start } = anchor;
  return {
    ...{ uri: uri.toString(), root: folder?.name ?? '', path, stale, given },
    tags: inDocument(tags, start),
    rejected: inDocument(rejected, start),
    scores: inDocument(scores, start),
  };
}
