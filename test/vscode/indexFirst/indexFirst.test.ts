// First of two windows on one folder: what it stores, the suite indexAgain must find.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { file, rowOf, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';

const tagWorkspace = () => vscode.commands.executeCommand('glitag.tagWorkspace');

describe('Tag Workspace', () => {
  it('tags the files of the folder, and leaves out what Git ignores', async () => {
    assert.deepEqual(await messagesOf(tagWorkspace), []);
    assert.deepEqual(await tagsOf(file('notes/hiring.md')), ['topic.hiring']);
    assert.deepEqual(await tagsOf(file('notes/security.md')), ['topic.security vulnerability']);
    assert.deepEqual(await tagsOf(file('invoice.txt')), ['topic.billing and invoices']);
    assert.equal(await rowOf(file('ignored/hidden.txt')), undefined);
  });

  it('classifies only what has changed the next time', async () => {
    for (const { pid } of inferenceChildren()) process.kill(pid, 'SIGKILL');
    assert.deepEqual(await messagesOf(tagWorkspace), []);
    assert.deepEqual(inferenceChildren(), [], 'nothing has changed, so the model is not needed');
    await vscode.workspace.fs.copy(file('notes/security.md'), file('new.md'));
    assert.deepEqual(await messagesOf(tagWorkspace), []);
    assert.deepEqual(await tagsOf(file('new.md')), ['topic.security vulnerability']);
  });

  it('is not needed for what Classify File keeps', async () => {
    await vscode.workspace.fs.copy(file('invoice.txt'), file('late.txt'));
    const late = file('late.txt');
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.classifyFile', late, [late])), []);
    assert.deepEqual(await tagsOf(late), ['topic.billing and invoices']);
  });

  it('copies the tags of files', async () => {
    await vscode.commands.executeCommand('glitag.copyTags', file('invoice.txt'), [file('invoice.txt')]);
    assert.match(await vscode.env.clipboard.readText(), /topic\.billing and invoices/);
  });
});
