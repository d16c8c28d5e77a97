// Another model is chosen: what the one before said of texts is stale, and a run replaces it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeEditors, extension, file, rowOf, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';
const classify = () => vscode.commands.executeCommand('glitag.classifySelection');

/** The embedded model under another hash. */
function copyModel(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-model-'));
  fs.cpSync(path.join(extension().extensionPath, 'models', 'glitag-small-en'), folder, { recursive: true });
  fs.appendFileSync(path.join(folder, 'config.json'), '\n');
  return folder;
}

describe('another model', () => {
  const model = copyModel();
  const isStale = async (uri: vscode.Uri) => (await rowOf(uri))?.stale;

  afterEach(closeEditors);
  after(() => {
    fs.rmSync(model, { recursive: true });
  });

  it('makes rows of the session stale as soon as it is known; they are right again with the model of before', async () => {
    const first = await vscode.workspace.openTextDocument({ content: billing });
    await show(first);
    assert.deepEqual(await messagesOf(classify), []);
    assert.equal(await isStale(first.uri), false);
    await withSettings({ 'model.path': model }, async () => {
      const second = await vscode.workspace.openTextDocument({ content: `${billing} Thank you.` });
      await show(second);
      assert.deepEqual(await messagesOf(classify), []);
      assert.equal(await isStale(second.uri), false);
      assert.equal(await isStale(first.uri), true);
    });
    const third = await vscode.workspace.openTextDocument({ content: `${billing} Goodbye.` });
    await show(third);
    assert.deepEqual(await messagesOf(classify), []);
    await until('the row is right', async () => (await isStale(first.uri)) === false);
  });

  it('lets its run replace them', async () => {
    const uri = file('invoice.txt');
    await vscode.commands.executeCommand('glitag.classifyFile', uri, [uri]);
    assert.equal(await isStale(uri), false);
    await withSettings({ 'model.path': model }, async () => {
      assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.tagWorkspace')), []);
      assert.equal(await isStale(uri), false);
    });
  });
});
