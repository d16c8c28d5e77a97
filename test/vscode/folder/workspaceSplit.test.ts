// Files that are read in parts (glitag.split): each part is a document, with a row and a place of its own.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { billing as billingLabel, decided, row as labelRow, run, security as securityLabel } from '../support/deciding';
import { closeEditors, file, rowOf, tagsOf } from '../support/extension';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.\n';
const security = 'An attacker can read passwords with SQL injection; we are preparing a security advisory.\n';

describe('files in parts', () => {
  afterEach(closeEditors);

  it('rows of a CSV have tags and open at their place, and follow the file', async () => {
    const uri = file('tickets.csv');
    const text = `id,text\n1,"${billing.trim()}"\n2,"${security.trim()}"\n`;
    await write(uri, text);
    const row = (number: number) => vscode.Uri.parse(`${uri.toString()}#row-${number}`);
    await withSettings({ split: { '*.csv': 'csv: text' } }, async () => {
      await run('tagFolder', file(''), [file('')]);
      assert.deepEqual(await tagsOf(row(2)), ['topic.billing and invoices']);
      assert.deepEqual(await tagsOf(row(3)), ['topic.security vulnerability']);
      assert.equal(await rowOf(uri), undefined);
      await run('copyTags', uri, [uri]);
      assert.equal(
        await vscode.env.clipboard.readText(),
        'tickets.csv/row 2: topic.billing and invoices\ntickets.csv/row 3: topic.security vulnerability',
      );
      await run('openRow', {
        webviewSection: 'document',
        documentId: row(3).toString(),
        label: null,
        folder: null,
        tagged: true,
      });
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), uri.toString());
      assert.equal(editor.document.getText(editor.selection), security.trim());
      await closeEditors();
      await write(uri, text.replace('The invoice', 'An invoice'));
      await until('the changed row is stale', async () => (await rowOf(row(2)))?.stale === true);
      assert.equal((await rowOf(row(3)))?.stale, false);
      await vscode.workspace.fs.delete(uri);
      await until('its rows are gone', async () => (await rowOf(row(3))) === undefined);
    });
  });

  it('decisions on rows follow their texts when a row comes above them', async () => {
    const uri = file('tickets.csv');
    const rows = `"${billing.trim()}"\n"${security.trim()}"\n`;
    const row = (number: number) => vscode.Uri.parse(`${uri.toString()}#row-${number}`);
    await withSettings({ split: { '*.csv': 'csv: text' } }, async () => {
      await write(uri, `text\n${rows}`);
      await run('tagFolder', file(''), [file('')]);
      await run('acceptTag', labelRow(row(2), billingLabel));
      await run('rejectTag', labelRow(row(3), securityLabel));
      await write(uri, `text\nWhat a lovely day it is.\n${rows}`);
      await run('tagFolder', file(''), [file('')]);
      await until('decisions are where their texts are', async () =>
        (await decided(row(3))).includes('topic.billing and invoices accepted'),
      );
      assert.deepEqual(await decided(row(4)), ['not topic.security vulnerability']);
      assert.ok(!(await decided(row(2))).some((tag) => tag.includes('accepted')));
      await run('takeBack', [labelRow(row(3)), labelRow(row(4))]);
      await vscode.workspace.fs.delete(uri);
      await until('its rows are gone', async () => (await rowOf(row(3))) === undefined);
    });
  });

  it('cells of a notebook have tags, and open in it', async () => {
    const uri = file('notes.ipynb');
    const cells = [billing, security].map((source) => ({ cell_type: 'markdown', metadata: {}, source: [source] }));
    await write(uri, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    await withSettings({ split: { '*.ipynb': 'notebook: cells' } }, async () => {
      await run('classifyFile', uri, [uri]);
      const documentId = `${uri.toString()}#cell-2`;
      assert.deepEqual(await tagsOf(vscode.Uri.parse(documentId)), ['topic.security vulnerability']);
      await run('openRow', { webviewSection: 'document', documentId, label: 0, folder: null, tagged: true });
      const editor = vscode.window.activeNotebookEditor;
      assert.equal(editor?.notebook.uri.toString(), uri.toString());
      assert.deepEqual([editor.selection.start, editor.selection.end], [1, 2]);
      await closeEditors();
      await vscode.workspace.fs.delete(uri);
    });
  });
});
