// The workspace's folders as the finder and the reader see them, whatever file system they are on.
import * as fs from 'node:fs/promises';
import * as vscode from 'vscode';
import { kindOf, readFolder } from '../../workspace/find/nodeFileTree';
import type { EntryKind, FileStat, FileTree } from '../../workspace/types';

/**
 * Over `workspace.fs` for remote and virtual file systems. Files on this machine's disk are read directly: `workspace.fs` passes
 * each read through the editor's main process, which costs a large run more than the model does.
 */
export class EditorFileTree implements FileTree {
  async readDirectory(uri: string): Promise<readonly (readonly [name: string, kind: EntryKind])[]> {
    const folder = vscode.Uri.parse(uri, true);
    if (folder.scheme === 'file') return readFolder(folder.fsPath);
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.map(([name, type]) => [name, kindOfType(type)] as const);
  }

  async stat(uri: string): Promise<FileStat> {
    const file = vscode.Uri.parse(uri, true);
    if (file.scheme === 'file') {
      const stat = await fs.lstat(file.fsPath);
      return { kind: kindOf(stat), size: stat.size, mtimeMs: stat.mtimeMs };
    }
    const { type, size, mtime } = await vscode.workspace.fs.stat(file);
    return { kind: kindOfType(type), size, mtimeMs: mtime };
  }

  async readFile(uri: string): Promise<Uint8Array> {
    const file = vscode.Uri.parse(uri, true);
    return file.scheme === 'file' ? fs.readFile(file.fsPath) : vscode.workspace.fs.readFile(file);
  }

  child(uri: string, name: string): string {
    return vscode.Uri.joinPath(vscode.Uri.parse(uri, true), name).toString();
  }

  parent(uri: string): string | null {
    const folder = vscode.Uri.parse(uri, true);
    const above = vscode.Uri.joinPath(folder, '..');
    return above.path === folder.path ? null : above.toString();
  }
}

function kindOfType(type: vscode.FileType): EntryKind {
  if ((type & vscode.FileType.SymbolicLink) !== 0) return 'symlink';
  if (type === vscode.FileType.Directory) return 'directory';
  return type === vscode.FileType.File ? 'file' : 'other';
}
