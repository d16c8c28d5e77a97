// What the status bar says: the tags of the document that the user is at, what they are worth, and that something failed.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { statusText } from '../support/statusItems';
import { until } from '../support/until';

const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';
const classify = () => vscode.commands.executeCommand('glitag.classifySelection');
const says = (pattern: RegExp) => until(`it says ${String(pattern)}`, () => pattern.test(statusText()));

describe('the status bar', () => {
  afterEach(closeEditors);

  it('names the tags of the document that is open, marks them once they are stale, and else the label set', async () => {
    const editor = await show(await vscode.workspace.openTextDocument({ content: billing }));
    await classify();
    await says(/^\$\(tag\) billing and invoices \.\d\d$/);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'Changed. ');
    });
    await says(/^\$\(tag\) billing and invoices \.\d\d \$\(history\)$/);
    await closeEditors();
    await says(/^\$\(tag\) work$/);
  });

  it('warns after a failure until something succeeds', async () => {
    await show(await vscode.workspace.openTextDocument({ content: `${billing} Again.` }));
    const messages = await withSettings({ 'model.path': '/nowhere/model' }, () => messagesOf(classify));
    assert.equal(messages.length, 1);
    await says(/^\$\(warning\) /);
    assert.deepEqual(await messagesOf(classify), []);
    await says(/^\$\(tag\) billing and invoices/);
  });
});
