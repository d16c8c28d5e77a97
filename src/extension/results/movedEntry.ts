// A text that is kept in memory, after its document was renamed or moved.
import * as vscode from 'vscode';
import { isWorkspaceFile, nameOf } from './documentNames';
import type { Entry } from './memoryEntry';

/** Null where it is the index's from now on. `from`: the document, or a folder that it is in. */
export function movedEntry(entry: Entry, from: vscode.Uri, to: vscode.Uri): Entry | null {
  const before = entry.uri.toString();
  const after = to.toString() + before.slice(from.toString().length);
  const uri = vscode.Uri.parse(after, true);
  // A file that came into the workspace.
  if (entry.anchor.whole && isWorkspaceFile(uri)) return null;
  const { title, folders } = nameOf(uri);
  const id = entry.id.replace(before, () => after);
  // A selection's lines stand behind the document's name.
  const lines = entry.title.slice(nameOf(entry.uri).title.length);
  return { ...entry, id, uri, title: title + lines, folders };
}
