// "Classify Selection" and "Classify File" with the real model, in every kind of text editor.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api, closeEditors, file, rowOf, selectionsOf, show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { until } from '../support/until';

const classifySelection = () => vscode.commands.executeCommand('glitag.classifySelection');
const security = 'An attacker can read passwords with SQL injection; we are preparing a security advisory.';
const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';

describe('Classify Selection', () => {
  afterEach(closeEditors);

  it('classifies the selected lines of a file', async () => {
    const document = await vscode.workspace.openTextDocument(file('weekly.md'));
    await show(document, [12, 13]);
    assert.deepEqual(await messagesOf(classifySelection), []);
    const [row, ...others] = await selectionsOf(document.uri);
    assert.deepEqual([row?.title, row?.tags[0]?.label], ['weekly.md:13-14', 'topic.security vulnerability']);
    assert.deepEqual(others, []);
  });

  it('takes each selection of a multi-cursor as one document', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `${security}\n\n${billing}\n` });
    await show(document, [2, 2], [0, 0]);
    await classifySelection();
    const rows = await selectionsOf(document.uri);
    assert.deepEqual(
      rows.map(({ tags }) => tags[0]?.label),
      ['topic.security vulnerability', 'topic.billing and invoices'],
    );
  });

  it('takes the whole document where nothing is selected', async () => {
    const document = await vscode.workspace.openTextDocument(file('notes/hiring.md'));
    await show(document);
    await classifySelection();
    assert.deepEqual(await tagsOf(document.uri), ['topic.hiring']);
  });

  it('classifies an untitled document', async () => {
    const document = await vscode.workspace.openTextDocument({ content: billing });
    await show(document);
    await classifySelection();
    assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
  });

  it('classifies a read-only document of another extension', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('glitag-test', {
      provideTextDocumentContent: () => security,
    });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('glitag-test:/advisory.txt'));
      await show(document);
      assert.deepEqual(await messagesOf(classifySelection), []);
      assert.deepEqual(await tagsOf(document.uri), ['topic.security vulnerability']);
    } finally {
      provider.dispose();
    }
  });

  it('classifies a notebook cell', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, billing, 'markdown');
    const data = new vscode.NotebookData([cell]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const scheme = () => vscode.window.activeTextEditor?.document.uri.scheme;
    await until('the cell editor is active', () => scheme() === 'vscode-notebook-cell');
    assert.deepEqual(await messagesOf(classifySelection), []);
    assert.deepEqual(await tagsOf(notebook.cellAt(0).document.uri), ['topic.billing and invoices']);
  });

  it('says that an empty document holds nothing to classify', async () => {
    const document = await vscode.workspace.openTextDocument(file('empty.md'));
    await show(document);
    // A run over the folder has a row for it, that says why it has no tags.
    const before = await rowOf(document.uri);
    const messages = await messagesOf(classifySelection);
    assert.deepEqual(messages, ['There is no text to classify: the document is empty.']);
    assert.deepEqual(await rowOf(document.uri), before);
  });

  it('says what to do where no editor is open', async () => {
    const messages = await messagesOf(classifySelection);
    assert.deepEqual(messages, ['No text editor is active. Open a document and select some of its text.']);
  });

  it('marks tags as stale when the text changes, and takes it back with the change', async () => {
    const document = await vscode.workspace.openTextDocument({ content: billing });
    const editor = await show(document);
    await classifySelection();
    const stale = async () => (await rowOf(document.uri))?.stale;
    assert.equal(await stale(), false);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), 'Changed. ');
    });
    await until('the row is stale', async () => (await stale()) === true);
    await vscode.commands.executeCommand('undo');
    await until('the row is right again', async () => (await stale()) === false);
  });
});

describe('Classify File', () => {
  it('classifies the files that were picked in the explorer', async () => {
    const picked = [file('invoice.txt'), file('notes/security.md')];
    const classify = () => vscode.commands.executeCommand('glitag.classifyFile', picked[0], picked);
    assert.deepEqual(await messagesOf(classify), []);
    assert.deepEqual(await tagsOf(file('invoice.txt')), ['topic.billing and invoices']);
    assert.deepEqual(await tagsOf(file('notes/security.md')), ['topic.security vulnerability']);
  });

  it('names the file that cannot be read', async () => {
    const missing = file('nowhere.md');
    const messages = await messagesOf(() => vscode.commands.executeCommand('glitag.classifyFile', missing, [missing]));
    assert.deepEqual(messages.length, 1);
    assert.match(messages[0] ?? '', /^Not tagged: nowhere\.md \(Cannot be read: \w+\)$/);
    assert.equal(await rowOf(missing), undefined);
  });

  it('takes a file that runs leave out, and says why one has no text', async () => {
    const ignored = file('ignored/asked.txt');
    const binary = file('binary.dat');
    await vscode.workspace.fs.writeFile(ignored, new TextEncoder().encode(billing));
    await vscode.workspace.fs.writeFile(binary, new Uint8Array([0, 1, 2, 0]));
    const classify = () => vscode.commands.executeCommand('glitag.classifyFile', ignored, [ignored, binary]);
    try {
      assert.deepEqual(await messagesOf(classify), ['Not tagged: binary.dat (Not text)']);
      assert.deepEqual(await tagsOf(ignored), ['topic.billing and invoices']);
      assert.equal((await rowOf(binary))?.skipped, 'Not text');
    } finally {
      await vscode.workspace.fs.delete(file('ignored'), { recursive: true });
      await vscode.workspace.fs.delete(binary);
    }
  });

  it('has one result for one file, which its text and not the command decides', async () => {
    // A file of its own: the editor may save what is typed.
    await vscode.workspace.fs.copy(file('notes/hiring.md'), file('notes/edited.md'));
    const document = await vscode.workspace.openTextDocument(file('notes/edited.md'));
    const editor = await show(document);
    await vscode.commands.executeCommand('glitag.classifyFile', document.uri, [document.uri]);
    const rows = async () => (await api()).documents().filter(({ id }) => id === document.uri.toString());
    assert.equal((await rows()).length, 1);
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(0, 0, document.lineCount, 0), security);
    });
    await until('the row is stale', async () => (await rowOf(document.uri))?.stale === true);
    await classifySelection();
    assert.deepEqual(await tagsOf(document.uri), ['topic.security vulnerability']);
    assert.equal((await rows()).length, 1);
    await closeEditors();
    await vscode.workspace.fs.delete(document.uri);
  });
});
