// Where the passages nearest to a statement come from: the workspace, a document, a selection.
import type * as vscode from 'vscode';
import { fileSpan } from '../../core/excerpt';
import type { Classifier } from '../../shared/classifier';
import { rankPassages } from '../../shared/passages/rankPassages';
import { fileOf } from '../../workspace/split/parts';
import { passageIn, type ScoredPassage } from '../answers/passageIn';
import {
  workspacePassages,
  type WorkspaceOptions,
  type WorkspaceParts,
  type WorkspacePassages,
} from '../passages/workspacePassages';
import { isMarkdown } from '../results/documentNames';
import type { TextNow } from '../workspace/documentTexts';

/** Finds so many passages at most, best first. Throws AppError. */
export type FindNear = (statement: string, top: number) => Promise<WorkspacePassages>;

/** Who reads, and for which label set. */
export interface Reader extends Pick<WorkspaceOptions, 'set' | 'signal'> {
  readonly model: Classifier;
}

/** `but`: a document that is not looked at. */
export function nearInWorkspace(parts: WorkspaceParts, { set, signal }: Reader, but?: vscode.Uri): FindNear {
  const own = but?.toString();
  const matches = (uri: string) => fileOf(uri) !== own;
  return (statement, top) => workspacePassages(statement, parts, { set, matches, top, signal });
}

type ReadText = Omit<Extract<TextNow, { readonly ok: true }>, 'ok'>;

/** In what the model reads of one document, all of whose passages may be evidence. */
export function nearInText(uri: vscode.Uri, read: ReadText, { model, signal }: Reader): FindNear {
  const { text, runs, document } = read;
  const id = uri.toString();
  const source = { id, text, isMarkdown: isMarkdown(id) };
  return async (statement, top) => {
    const ranked = await rankPassages(model, statement, [source], {
      ...{ top, signal },
      perDocument: top,
      priority: 'interactive',
    });
    const passages = ranked.map(({ score, start, end }): ScoredPassage =>
      passageIn(uri, document, fileSpan(runs, { start, end }), score),
    );
    return { passages, documents: 1, leftOut: 0, noIndex: false };
  };
}
