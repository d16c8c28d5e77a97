// A later window on the folder of indexFirst, with the same profile: the tags are there without a model.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { api, file, rowOf, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { until } from '../support/until';
import { fromPage, notesOf } from '../support/viewMessages';

/** What the view says of the workspace. */
const note = () => notesOf('run')[0]?.text;
const changed = 'An attacker can read passwords with SQL injection.\n';

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
    fs.writeFileSync(file('change.txt').fsPath, text);
    fs.rmSync(file('added.txt').fsPath);
    await until('nothing is left to say', () => note() === undefined);
    assert.deepEqual(inferenceChildren(), []);
  });

  it('notices what an ignore file leaves out from now on', async () => {
    fs.writeFileSync(file('soon.txt').fsPath, 'A new file.');
    await until('it is new', () => note() === '1 new:');
    fs.writeFileSync(file('.glitagignore').fsPath, 'soon.txt\n.glitagignore\n');
    await until('it is not counted', () => note() === undefined);
  });

  it('loses the files that are gone with the next run, which needs no model either', async () => {
    await vscode.workspace.fs.delete(file('notes/hiring.md'));
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace')), []);
    assert.equal(await rowOf(file('notes/hiring.md')), undefined);
    assert.deepEqual(inferenceChildren(), [], 'nothing was to be classified');
    assert.deepEqual(await tagsOf(file('notes/security.md')), ['topic.security vulnerability']);
    await until('the view says what the run did', () => /^Done in [\d.]+ s: \d+ reused/.test(note() ?? ''));
  });

  it('gets the tags of what has changed with the run that the view offers', async () => {
    fs.writeFileSync(file('change.txt').fsPath, changed);
    await until('the view counts it', () => note() === '1 changed:');
    fromPage({ type: 'act', note: notesOf('run')[0]?.id ?? '' });
    await until('the run is over', () => /^Done in [\d.]+ s: 1 tagged, \d+ reused/.test(note() ?? ''));
    assert.deepEqual(await tagsOf(file('change.txt')), ['topic.security vulnerability']);
  });
});
