// A window without a folder: texts can be classified, a workspace cannot.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering } from '../support/answering';
import { closeEditors, show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { until } from '../support/until';

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

describe('questions in a window without a folder', () => {
  it('are answered from open documents', async () => {
    await show(
      await vscode.workspace.openTextDocument({ content: 'Rain fell.\n\nThe thief guessed all passwords at night.' }),
    );
    const input = ['passwords', 'Who broke in?'];
    const rerank = () => answering({ picks: [], input }, () => vscode.commands.executeCommand('glitag.rerankSearch'));
    assert.deepEqual(await messagesOf(rerank), []);
    await until('the passage is copied', async () => {
      await vscode.commands.executeCommand('glitag.copyAnswer');
      return (await vscode.env.clipboard.readText()) === 'The thief guessed all passwords at night.';
    });
    await vscode.commands.executeCommand('glitag.clearAnswers');
  });

  it('need something to read', async () => {
    await closeEditors();
    const messages = await messagesOf(() => vscode.commands.executeCommand('glitag.rerankSearch'));
    assert.deepEqual(messages, ['There is nothing to search. Open a folder or a document.']);
  });
});
