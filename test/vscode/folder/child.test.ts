// The inference child comes with the first use, may die, and is stopped with what the user stops.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, file, rowOf, show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const classify = () => vscode.commands.executeCommand('glitag.classifySelection');

describe('inference child', () => {
  afterEach(closeEditors);

  async function showInvoice(): Promise<vscode.Uri> {
    const document = await vscode.workspace.openTextDocument(file('invoice.txt'));
    await show(document);
    return document.uri;
  }

  it('is one process for the window, however often it is used', async () => {
    await showInvoice();
    await classify();
    const [first, ...others] = inferenceChildren();
    assert.ok(first);
    assert.deepEqual(others, []);
    await classify();
    assert.deepEqual(inferenceChildren(), [first]);
  });

  it('comes back after it was killed', async () => {
    const uri = await showInvoice();
    await classify();
    const [before] = inferenceChildren();
    assert.ok(before);
    process.kill(before.pid, 'SIGKILL');
    await until('the child is gone', () => inferenceChildren().every(({ pid }) => pid !== before.pid));
    assert.deepEqual(await messagesOf(classify), []);
    assert.deepEqual(await tagsOf(uri), ['topic.billing and invoices']);
  });

  it('ends after idling', async () => {
    // Tags that the index has would need no child.
    await show(await vscode.workspace.openTextDocument({ content: 'The invoice shows a charge of 420 EUR twice.' }));
    await withSettings({ idleMinutes: 0.1 }, async () => {
      await classify();
      assert.equal(inferenceChildren().length, 1);
      await until('the child is gone', () => inferenceChildren().length === 0, 40_000);
    });
    assert.deepEqual(await messagesOf(classify), []);
  });

  it('names the model folder that is not there', async () => {
    await showInvoice();
    const messages = await withSettings({ 'model.path': '/nowhere/model' }, () => messagesOf(classify));
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /\/nowhere\/model/);
    assert.deepEqual(await messagesOf(classify), []);
  });

  it('stops without a message when the user stops it, and leaves no row', async () => {
    const document = await vscode.workspace.openTextDocument({
      content: 'The invoice shows a charge of 420 EUR twice. '.repeat(20_000),
    });
    await show(document);
    const messages = await messagesOf(async () => {
      const running = classify();
      let ended = false;
      void running.then(() => (ended = true));
      // The job may not have begun yet: stop until it has ended.
      await until('the command ends', async () => {
        await vscode.commands.executeCommand('glitag.stopRun');
        return ended;
      });
    });
    assert.deepEqual(messages, []);
    assert.equal(await rowOf(document.uri), undefined);
  });
});
