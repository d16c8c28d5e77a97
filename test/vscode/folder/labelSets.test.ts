// Label sets come from the settings: wrong ones are named, others can be chosen, changes count at once.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { api, closeEditors, file, rowOf, show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const classify = () => vscode.commands.executeCommand('glitag.classifySelection');

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.getText(editor.selection);
}

describe('label sets', () => {
  afterEach(closeEditors);

  async function showInvoice(): Promise<vscode.Uri> {
    const document = await vscode.workspace.openTextDocument(file('invoice.txt'));
    await show(document);
    return document.uri;
  }

  it('names the set, the label and the reason where a set is wrong', async () => {
    await showInvoice();
    const work = { labels: { topic: ['billing', 'billing'] } };
    const messages = await withSettings({ labelSets: { work } }, () => messagesOf(classify));
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /“work”.*“topic\.billing”/);
  });

  it('says that the active set is missing', async () => {
    await showInvoice();
    const messages = await withSettings({ activeLabelSet: 'nowhere' }, () => messagesOf(classify));
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /“nowhere”.*“glitag\.labelSets”/);
  });

  it('names the setting that has a wrong value', async () => {
    await showInvoice();
    const messages = await withSettings({ chunkTokens: 1 }, () => messagesOf(classify));
    assert.equal(messages.length, 1);
    assert.match(messages[0] ?? '', /“glitag\.chunkTokens”/);
  });

  it('uses the built-in set for as long as the user has none, and drops it then', async () => {
    assert.deepEqual((await api()).labelSets(), ['work', 'mood']);
    const names = await withSettings({ labelSets: undefined, activeLabelSet: undefined }, async () =>
      (await api()).labelSets(),
    );
    assert.deepEqual(names, ['documents']);
  });

  it('changes the active set through the quick pick; rows follow', async () => {
    const uri = await showInvoice();
    await classify();
    assert.deepEqual(await tagsOf(uri), ['topic.billing and invoices']);
    await withSettings({ activeLabelSet: 'work' }, async () => {
      const offered = await picking('mood', () => vscode.commands.executeCommand('glitag.chooseLabelSet'));
      assert.deepEqual(offered.slice(0, 2), ['work', 'mood']);
      await until('the row has a tag of the other set', async () => {
        const row = await rowOf(uri);
        return row?.tags.length === 1 && labelSets.mood.labels.includes(row.tags[0]?.label ?? '');
      });
    });
    await until('the row is back', async () => (await rowOf(uri))?.tags[0]?.label === 'topic.billing and invoices');
  });

  it('offers a set with a mistake too, with its reason, and leads to the mistake', async () => {
    const broken = { labels: ['letter', 7] };
    await withSettings({ labelSets: { ...labelSets, broken } }, async () => {
      const offered = await picking('broken', () => vscode.commands.executeCommand('glitag.chooseLabelSet'));
      assert.deepEqual(offered.slice(0, 3), ['work', 'mood', 'broken']);
      await until('the settings show the mistake', () => selectedText() === '7');
    });
  });

  it('keeps what is shown while the set in use is broken by an edit, and tags nothing with it', async () => {
    const uri = await showInvoice();
    await classify();
    const broken = { ...labelSets, work: { ...labelSets.work, labels: { topic: ['hiring', ''] } } };
    await withSettings({ labelSets: broken }, async () => {
      assert.deepEqual(await tagsOf(uri), ['topic.billing and invoices']);
      assert.match((await messagesOf(classify))[0] ?? '', /“work”.*blank label under “topic”/);
    });
    assert.deepEqual(await tagsOf(uri), ['topic.billing and invoices']);
  });

  it('opens the settings at the set in use', async () => {
    await withSettings({ labelSets: { ...labelSets }, activeLabelSet: 'mood' }, async () => {
      await vscode.commands.executeCommand('glitag.editLabelSet');
      await until('the set is selected', () => selectedText() === '"mood"');
    });
  });

  it('applies another threshold to results that are there', async () => {
    const uri = await showInvoice();
    await classify();
    const strict = { ...labelSets, work: { ...labelSets.work, threshold: 1 } };
    await withSettings({ labelSets: strict }, async () => {
      await until('no tag is left', async () => (await rowOf(uri))?.tags.length === 0);
    });
    await until('the tag is back', async () => (await rowOf(uri))?.tags.length === 1);
  });
});
