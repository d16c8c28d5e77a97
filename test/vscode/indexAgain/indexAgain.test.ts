// A later window on the folder of indexFirst, with the same profile: the tags are there without a model.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { api, file, rowOf, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { until } from '../support/until';
import { lastState } from '../support/viewMessages';

/** What the view says of the workspace. */
const note = () => lastState()?.notes?.find(({ id }) => id.startsWith('run:'))?.text;

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

  it('is compared with the disk: what changed is stale, what went is gone, what is new is counted', async () => {
    await until('the changed file is stale', async () => (await rowOf(file('change.txt')))?.stale === true);
    await until('the deleted file is gone', async () => (await rowOf(file('gone.txt'))) === undefined);
    await until('the view counts them', () => note() === '1 new, 1 changed:');
    assert.equal((await rowOf(file('invoice.txt')))?.stale, false);
    assert.deepEqual(inferenceChildren(), []);
  });

  it('is kept true to the disk while the window is open', async () => {
    const text = fs.readFileSync(file('invoice.txt').fsPath);
    fs.writeFileSync(file('invoice.txt').fsPath, 'Something else.');
    fs.writeFileSync(file('watched.txt').fsPath, 'Another new file.');
    await until('the file is stale', async () => (await rowOf(file('invoice.txt')))?.stale === true);
    await until('the new one is counted', () => note() === '2 new, 2 changed:');
    fs.writeFileSync(file('invoice.txt').fsPath, text);
    fs.rmSync(file('watched.txt').fsPath);
    await until('the file is right again', async () => (await rowOf(file('invoice.txt')))?.stale === false);
    await until('the note is right again', () => note() === '1 new, 1 changed:');
    fs.rmSync(file('late.txt').fsPath);
    await until('the row is gone', async () => (await rowOf(file('late.txt'))) === undefined);
  });

  it('loses the files that are gone with the next run, which needs no model either', async () => {
    await vscode.workspace.fs.delete(file('notes/hiring.md'));
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace')), []);
    assert.equal(await rowOf(file('notes/hiring.md')), undefined);
    assert.deepEqual(inferenceChildren(), [], 'nothing was to be classified');
    assert.deepEqual(await tagsOf(file('notes/security.md')), ['topic.security vulnerability']);
    assert.deepEqual(await tagsOf(file('change.txt')), ['topic.security vulnerability']);
    await until('the note is gone', () => note() === undefined);
  });
});
