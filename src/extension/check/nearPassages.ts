// Where the passages nearest to a statement come from: the workspace, a document, a selection.
import type * as vscode from 'vscode';
import { splitsPair } from '../../core/codePoints';
import { fileSpan } from '../../core/excerpt';
import type { Classifier } from '../../shared/classifier';
import { rankPassages } from '../../shared/passages/rankPassages';
import { fileOf } from '../../workspace/split/parts';
import { passageFile, passageIn, type ScoredPassage } from '../answers/passageIn';
import { mostCharacters } from '../passages/openPassages';
import {
  workspacePassages,
  type WorkspaceOptions,
  type WorkspaceParts,
  type WorkspacePassages,
} from '../passages/workspacePassages';
import { isMarkdown } from '../results/documentNames';
import type { TextNow } from '../workspace/documentTexts';

export interface NearPassages extends WorkspacePassages {
  /** Only the beginning of the text was read: it is too long. */
  readonly isCut: boolean;
}

/** Finds so many passages at most, best first. Throws AppError. */
export type FindNear = (statement: string, top: number) => Promise<NearPassages>;

/** Who reads, and for which label set. */
export interface Reader extends Pick<WorkspaceOptions, 'set' | 'signal'> {
  readonly model: Classifier;
}

/** `but`: a document that is not looked at. */
export function nearInWorkspace(parts: WorkspaceParts, { set, signal }: Reader, but?: vscode.Uri): FindNear {
  const own = but?.toString();
  const matches = (uri: string) => fileOf(uri) !== own;
  return async (statement, top) => ({
    ...(await workspacePassages(statement, parts, { set, matches, top, signal })),
    isCut: false,
  });
}

type ReadText = Omit<Extract<TextNow, { readonly ok: true }>, 'ok'>;

/** In what the model reads of one document, or its beginning; all passages of that may be evidence. */
export function nearInText(uri: vscode.Uri, read: ReadText, { model, signal }: Reader): FindNear {
  const { text, runs, document } = read;
  const id = uri.toString();
  const beginning = text.slice(0, splitsPair(text, mostCharacters) ? mostCharacters - 1 : mostCharacters);
  const file = passageFile(document);
  const source = { id, text: beginning, isMarkdown: isMarkdown(id) };
  return async (statement, top) => {
    const ranked = await rankPassages(model, statement, [source], {
      ...{ top, signal },
      perDocument: top,
      priority: 'interactive',
    });
    const passages = ranked.map(({ score, start, end }): ScoredPassage =>
      passageIn(uri, file, fileSpan(runs, { start, end }), score),
    );
    return { passages, documents: 1, leftOut: 0, noIndex: false, isCut: beginning.length < text.length };
  };
}
