// A file and its selections are one row for the page, whatever they were tagged by.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DocumentSummary } from '../../../src/shared/viewMessages';
import { closeEditors, file, selectionsOf, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { until } from '../support/until';
import { messagesOfType } from '../support/viewMessages';

const classifySelection = () => vscode.commands.executeCommand('glitag.classifySelection');

describe('a file and its selections', () => {
  const uri = file('notes/oneRow.md');
  const rows = (): DocumentSummary[] => messagesOfType('documents').flatMap(({ documents }) => [...documents]);
  const row = () => rows().findLast(({ id }) => id === uri.toString());

  before(() => vscode.commands.executeCommand('glitag.tags.focus'));
  afterEach(closeEditors);

  it('are one row with children, tagged as a whole or not', async () => {
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode('An attacker can read passwords.\n\nThank you!\n'),
    );
    const document = await vscode.workspace.openTextDocument(uri);
    await show(document, [0, 0]);
    assert.deepEqual(await messagesOf(classifySelection), []);
    await until('the selection is under its file', () => row()?.parts?.length === 1);
    await vscode.commands.executeCommand('glitag.classifyFile', uri, [uri]);
    await until('the file has its own tags too', () => row()?.partsOnly === undefined && row()?.parts?.length === 1);
    assert.equal(row()?.chunkCount, 1);
    assert.deepEqual(
      rows().filter(({ id }) => id.startsWith('selection:')),
      [],
    );
    await until('the file is revealed', () => messagesOfType('reveal').at(-1)?.id === uri.toString());
    assert.equal(messagesOfType('reveal').at(-2)?.id, (await selectionsOf(uri))[0]?.id);
  });

  it('go with the file', async () => {
    const remove = new vscode.WorkspaceEdit();
    remove.deleteFile(uri);
    assert.equal(await vscode.workspace.applyEdit(remove), true);
    await until('the page is told', () => messagesOfType('removed').some(({ ids }) => ids.includes(uri.toString())));
    assert.deepEqual(await selectionsOf(uri), []);
  });
});
