// In which encoding the editor would read a file.
import * as vscode from 'vscode';
import type { Config } from '../settings/config';

/** `files.encoding` of each workspace folder, looked up once for each folder. */
export function encodings(config: Config): (uri: string) => string {
  const byFolder = new Map<vscode.WorkspaceFolder | undefined, string>();
  return (uri) => {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
    const known = byFolder.get(folder) ?? config.editorFiles(folder?.uri).encoding;
    byFolder.set(folder, known);
    return known;
  };
}
