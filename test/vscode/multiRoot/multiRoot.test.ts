// A workspace of several folders: one run tags all, and the next one finds its work done.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { file, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';

describe('a workspace of several folders', () => {
  it('tags the documents of every folder', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace')), []);
    assert.deepEqual(await tagsOf(file('hiring.md', 0)), ['topic.hiring']);
    assert.deepEqual(await tagsOf(file('security.md', 1)), ['topic.security vulnerability']);
    assert.deepEqual(await tagsOf(file('invoice.txt', 1)), ['topic.billing and invoices']);
  });
});
