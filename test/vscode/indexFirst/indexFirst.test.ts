// First of two windows on one folder: what it stores, the suite indexAgain must find.
import assert from 'node:assert/strict';
import fs from 'node:fs';
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

  it('leaves files behind that change while no window is open', async () => {
    for (const name of ['change.txt', 'gone.txt']) await vscode.workspace.fs.copy(file('invoice.txt'), file(name));
    assert.deepEqual(await messagesOf(tagWorkspace), []);
    assert.deepEqual(await tagsOf(file('change.txt')), ['topic.billing and invoices']);
    // By another program, and so late that this window need not notice.
    after(() => {
      fs.writeFileSync(file('change.txt').fsPath, 'An attacker can read passwords with SQL injection.\n');
      fs.rmSync(file('gone.txt').fsPath);
      fs.writeFileSync(file('added.txt').fsPath, 'The invoice shows a charge of 420 EUR twice.\n');
    });
  });

  it('copies the tags of files', async () => {
    await vscode.commands.executeCommand('glitag.copyTags', file('invoice.txt'), [file('invoice.txt')]);
    assert.match(await vscode.env.clipboard.readText(), /topic\.billing and invoices/);
  });
});
