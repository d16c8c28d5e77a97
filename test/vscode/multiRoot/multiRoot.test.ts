// A workspace of several folders: one run tags all, and the next one finds its work done.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { decided, hiring, row, run } from '../support/deciding';
import { file, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';

describe('a workspace of several folders', () => {
  it('tags the documents of every folder', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 3);
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace')), []);
    assert.deepEqual(await tagsOf(file('hiring.md', 0)), ['topic.hiring']);
    assert.deepEqual(await tagsOf(file('security.md', 1)), ['topic.security vulnerability']);
    assert.deepEqual(await tagsOf(file('invoice.txt', 1)), ['topic.billing and invoices']);
    assert.deepEqual(await tagsOf(file('hiring.md', 2)), ['topic.hiring']);
  });

  it('decides on the document of one folder, not on that of another folder of the same name', async () => {
    const [one, other] = [file('hiring.md', 0), file('hiring.md', 2)];
    assert.deepEqual(
      [vscode.workspace.getWorkspaceFolder(one)?.name, vscode.workspace.getWorkspaceFolder(other)?.name],
      ['first', 'first'],
    );
    await run('rejectTag', row(other, hiring));
    assert.deepEqual(await decided(other), ['not topic.hiring']);
    assert.deepEqual(await decided(one), ['topic.hiring']);
    await run('acceptTag', row(one, hiring));
    assert.deepEqual(await decided(one), ['topic.hiring accepted']);
    assert.deepEqual(await decided(other), ['not topic.hiring']);
  });
});
