// How decisions name documents of this window: relative to their workspace folder, so that folders can be moved and decisions shared.
import * as vscode from 'vscode';
import { documentKeyOf, hasUri, type DocumentKey } from '../../core/review/decision';
import { fileOf, isPart } from '../../workspace/split/parts';
import type { DocumentPlace } from '../../workspace/types';

/** Of a document, or of a folder. */
export function keyOfUri(uri: vscode.Uri): DocumentKey {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return keyOfPlace({ uri: uri.toString(), root: folder?.name ?? '', path: pathIn(folder, uri) });
}

/** As `keyOfUri`, of a document as the index names it; of a part of a file with its key behind the path. */
export function keyOfPlace({ uri, root, path }: Pick<DocumentPlace, 'uri' | 'root' | 'path'>): DocumentKey {
  const part = isPart(uri) ? uri.slice(fileOf(uri).length) : '';
  return documentKeyOf({ uri, root, path: path + part }, isNamed());
}

/** URI of the document; null where its workspace folder is not open. */
export function uriOfKey(key: DocumentKey): string | null {
  const { root, path } = key;
  if (hasUri(key)) return path;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = root === '' ? folders[0] : folders.find(({ name }) => name === root);
  if (!folder) return null;
  const [, file = path, part = ''] = /^(.+)(#[a-z]+-\d+)$/u.exec(path) ?? [];
  return vscode.Uri.joinPath(folder.uri, file).toString() + part;
}

/** A document that the next window does not know by this name: what is decided on it could not be found again. */
export function isPassing(uri: vscode.Uri): boolean {
  return uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell';
}

/** Folders have names in keys where there may be several: also while a workspace file has only one, which may get more. */
function isNamed(): boolean {
  return (vscode.workspace.workspaceFolders?.length ?? 0) > 1 || vscode.workspace.workspaceFile !== undefined;
}

function pathIn(folder: vscode.WorkspaceFolder | undefined, uri: vscode.Uri): string {
  if (!folder || folder.uri.toString() === uri.toString()) return '';
  return vscode.workspace.asRelativePath(uri, false);
}
