// From what the user picked to the roots of a run.
import * as vscode from 'vscode';
import type { FindRoot } from '../../workspace/types';

export function workspaceRoots(): FindRoot[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({ uri: uri.toString(), name }));
}

/** Each file by itself, so that no glob and no ignore file leaves it out; files outside the workspace are left out. */
export function fileRoots(files: readonly vscode.Uri[]): FindRoot[] {
  return folderRoots(files).roots.map((root) => ({ ...root, asked: true }));
}

/**
 * Each picked folder (or file) as a part of its workspace folder, so that globs and ignore files mean what they mean in a run
 * over the workspace. What is in no folder of the workspace has no place in its index.
 */
export function folderRoots(picked: readonly vscode.Uri[]): { roots: FindRoot[]; outside: vscode.Uri[] } {
  const roots: FindRoot[] = [];
  const outside: vscode.Uri[] = [];
  for (const uri of picked) {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) {
      outside.push(uri);
      continue;
    }
    const root = { uri: folder.uri.toString(), name: folder.name };
    const start = uri.toString() === root.uri ? '' : vscode.workspace.asRelativePath(uri, false);
    roots.push(start === '' ? root : { ...root, start });
  }
  return { roots, outside };
}
