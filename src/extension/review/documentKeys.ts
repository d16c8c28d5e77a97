// How decisions name documents of this window: relative to their workspace folder, so that folders can be moved and decisions shared.
import * as vscode from 'vscode';
import { documentKeyOf, hasUri, type DocumentKey } from '../../core/review/decision';
import type { DecisionStore } from '../../workspace/decisions/decisionStore';
import { isWithin } from '../../workspace/find/isWithin';
import { fileOf, isPart, partOfPath, partUri } from '../../workspace/split/parts';
import type { DocumentPlace } from '../../workspace/types';
import { nameFolders, separateFolders, type FolderNames, type NamedFolder } from './folderNames';

const memoryKey = 'folderNames';

export class DocumentKeys {
  private folders: readonly NamedFolder[] = [];
  private names: FolderNames = {};

  /** `memory`: of this workspace. */
  constructor(private readonly memory: vscode.Memento) {
    this.look();
  }

  /** To be called when workspace folders come or go. */
  look(): void {
    this.folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({ uri: uri.toString(), name }));
    this.names = nameFolders(this.folders, this.memory.get<FolderNames>(memoryKey, {}));
  }

  /** Of a document, or of a folder. */
  ofUri(uri: vscode.Uri): DocumentKey {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return this.ofPlace({ uri: uri.toString(), root: folder?.name ?? '', path: pathIn(folder, uri) });
  }

  /** As `ofUri`, of a document as the index names it; of a part of a file with its key behind the path. */
  ofPlace({ uri, root, path }: Pick<DocumentPlace, 'uri' | 'root' | 'path'>): DocumentKey {
    return documentKeyOf({ uri, root: this.rootOf(uri, root), path: path + partIn(uri) }, isNamed());
  }

  /** URI of the document; null where its workspace folder is not open. */
  uriOf(key: DocumentKey): string | null {
    const { root, path } = key;
    if (hasUri(key)) return path;
    const folder = root === '' ? this.folders[0] : this.folders.find(({ uri }) => this.names[uri] === root);
    if (!folder) return null;
    const part = partOfPath(path);
    const uri = vscode.Uri.joinPath(vscode.Uri.parse(folder.uri), part?.file ?? path).toString();
    return part ? partUri(uri, part.key) : uri;
  }

  /** The open folders by the names that keys have for them. */
  namedFolders(): { readonly name: string; readonly uri: string }[] {
    return this.folders.map(({ uri }) => ({ name: isNamed() ? (this.names[uri] ?? '') : '', uri }));
  }

  /** The document's URI with its file's path in the workspace folder; null where that is not open. */
  placeOf(key: DocumentKey): Pick<DocumentPlace, 'uri' | 'path'> | null {
    const uri = this.uriOf(key);
    if (uri === null) return null;
    return { uri, path: key.path.slice(0, key.path.length - partIn(uri).length) };
  }

  /** What cannot be looked at may be there. */
  async isThere(key: DocumentKey): Promise<boolean> {
    const uri = this.uriOf(key);
    if (uri === null) return true;
    try {
      await vscode.workspace.fs.stat(vscode.Uri.parse(uri));
      return true;
    } catch (error) {
      return !(error instanceof vscode.FileSystemError && error.code === 'FileNotFound');
    }
  }

  /** Gives folders of one name their own of the decisions that they shared, once, and keeps their names. */
  async settle(store: DecisionStore): Promise<void> {
    const { names, folders } = this;
    const kept = this.memory.get<FolderNames>(memoryKey, {});
    const added = folders.filter(({ uri }) => kept[uri] !== names[uri]);
    if (!isNamed() || added.length === 0) return;
    await separateFolders(store, added, names, (key) => this.isThere(key));
    await this.memory.update(memoryKey, { ...kept, ...names });
  }

  /** `name`: of the workspace folder that the document lies in, empty for none. */
  private rootOf(uri: string, name: string): string {
    const named = this.folders.filter((folder) => folder.name === name);
    // A folder may lie in another one of its name.
    const around = named.length > 1 ? named.filter((one) => isWithin(uri, one.uri)) : named;
    const [folder] = around.sort((a, b) => b.uri.length - a.uri.length);
    return (folder && this.names[folder.uri]) ?? name;
  }
}

/** A document that the next window does not know by this name: what is decided on it could not be found again. */
export function isPassing(uri: vscode.Uri): boolean {
  return uri.scheme === 'untitled' || uri.scheme === 'vscode-notebook-cell';
}

/** Folders have names in keys where there may be several: also while a workspace file has only one, which may get more. */
function isNamed(): boolean {
  return (vscode.workspace.workspaceFolders?.length ?? 0) > 1 || vscode.workspace.workspaceFile !== undefined;
}

/** `#row-3` of a part, empty of anything else: a name's own `#` is no such sign in a URI. */
function partIn(uri: string): string {
  return isPart(uri) ? uri.slice(fileOf(uri).length) : '';
}

function pathIn(folder: vscode.WorkspaceFolder | undefined, uri: vscode.Uri): string {
  if (!folder || folder.uri.toString() === uri.toString()) return '';
  return vscode.workspace.asRelativePath(uri, false);
}
