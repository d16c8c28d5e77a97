// Answers the refactor preview as a user would who ticks all of it.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** The refactor preview answers as if every change in it were ticked; its own boxes are no command's to tick. */
export async function tickingAll(action: () => PromiseLike<unknown>): Promise<void> {
  const workspace = vscode.workspace as unknown as { applyEdit: typeof vscode.workspace.applyEdit };
  const before = workspace.applyEdit;
  workspace.applyEdit = (edit, metadata) => {
    assert.deepEqual(metadata, { isRefactoring: true });
    const ticked = new vscode.WorkspaceEdit();
    for (const [uri, edits] of edit.entries()) ticked.set(uri, edits);
    return before.call(vscode.workspace, ticked, metadata);
  };
  try {
    await action();
  } finally {
    workspace.applyEdit = before;
  }
}
