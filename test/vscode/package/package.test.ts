// Runs where the packaged extension is installed (test/package), not the checkout.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, show, tagsOf } from '../support/extension';
import { until } from '../support/until';

describe('the packaged extension', () => {
  it('is the one that runs', () => {
    const folder = process.env['GLITAG_TEST_PACKAGE_FOLDER'];
    assert.ok(folder);
    assert.ok(extension().extensionPath.startsWith(folder), extension().extensionPath);
  });

  it('classifies with the model and the native library that it brought', async () => {
    const content = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';
    const document = await vscode.workspace.openTextDocument({ content });
    await show(document);
    await vscode.commands.executeCommand('glitag.classifySelection');
    assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
  });

  it('serves another extension', async () => {
    const companion = vscode.extensions.getExtension<{ readonly shown: () => string }>('glitag-examples.tag-companion');
    assert.ok(companion, 'the extension of examples/extension is not there');
    const { shown } = await companion.activate();
    await until('it shows the tags of the document before', () => shown() === '$(tag) topic.billing and invoices');
  });
});
