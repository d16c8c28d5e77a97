// A later window on the folder of indexFirst, with the same profile: the tags are there without a model.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, file, rowOf, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { until } from '../support/until';

describe('the index of an earlier window', () => {
  it('is shown when the view opens, without starting the model', async () => {
    await api();
    await vscode.commands.executeCommand('glitag.tags.focus');
    await until('the stored rows are there', async () => (await rowOf(file('invoice.txt'))) !== undefined);
    assert.deepEqual(await tagsOf(file('invoice.txt')), ['topic.billing and invoices']);
    assert.deepEqual(await tagsOf(file('notes/hiring.md')), ['topic.hiring']);
    assert.deepEqual(await tagsOf(file('late.txt')), ['topic.billing and invoices'], 'which Classify File tagged');
    assert.deepEqual(inferenceChildren(), []);
  });

  it('loses the files that are gone with the next run, which needs no model either', async () => {
    await vscode.workspace.fs.delete(file('notes/hiring.md'));
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace')), []);
    assert.equal(await rowOf(file('notes/hiring.md')), undefined);
    assert.deepEqual(inferenceChildren(), [], 'nothing was to be classified');
    assert.deepEqual(await tagsOf(file('notes/security.md')), ['topic.security vulnerability']);
  });
});
