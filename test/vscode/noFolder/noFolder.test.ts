// A window without a folder: texts can be classified, a workspace cannot.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';

describe('a window without a folder', () => {
  it('classifies an untitled document', async () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    const content = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';
    const document = await vscode.workspace.openTextDocument({ content });
    await show(document);
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.classifySelection')), []);
    assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
  });

  it('says that there is no folder to tag', async () => {
    const messages = await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace'));
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /folder/i);
  });
});
