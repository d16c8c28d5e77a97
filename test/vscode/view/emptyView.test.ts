// The view of a window of its own: what the page is told when the labels change, and by the commands of the view.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { run } from '../support/deciding';
import { api, file, rowOf, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { lastState, messagesOfType } from '../support/viewMessages';

describe('the Tags view', () => {
  before(async () => {
    await api();
    await vscode.commands.executeCommand('glitag.tags.focus');
    await until('the page is there', () => lastState() !== undefined);
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
  });

  it('scores the documents under edited labels by itself, and no row vanishes', async () => {
    const tagged = async () => (await api()).documents().filter(({ skipped }) => skipped === undefined).length;
    const documents = await tagged();
    assert.ok(documents > 0);
    const from = messagesOfType('documents').length;
    const edited = { ...labelSets, work: { ...labelSets.work, labels: ['hiring', 'money'], exclusive: [] } };
    await withSettings({ labelSets: edited }, async () => {
      await until(
        'the page is told the new labels',
        () =>
          lastState()
            ?.labels.map(({ name }) => name)
            .join() === 'hiring,money',
      );
      assert.equal(await tagged(), documents);
      assert.deepEqual(await tagsOf(file('invoice.txt')), ['money']);
      assert.equal(lastState()?.taggedOtherwise, undefined, 'no run has to bring them back');
    });
    await until(
      'the tags are back',
      async () => (await tagsOf(file('invoice.txt')))[0] === 'topic.billing and invoices',
    );
    const resets = messagesOfType('documents')
      .slice(from)
      .filter(({ reset }) => reset);
    assert.ok(resets.length > 0, 'the page was told of the edited labels');
    assert.ok(resets.every(({ documents }) => documents.length > 0));
  });

  it('says how many documents a run brings back where texts would be cut otherwise, and that they are read again', async () => {
    await withSettings({ chunkTokens: 32 }, async () => {
      await until('the page is told', () => lastState()?.taggedOtherwise !== undefined);
      assert.equal(lastState()?.taggedOtherwise?.textsKept, false);
    });
    await until('the rows are back', async () => (await rowOf(file('invoice.txt'))) !== undefined);
  });

  it('is grouped, sorted, filtered and closed by the commands', async () => {
    for (const [command, by] of [
      ['glitag.groupByFolder', 'folder'],
      ['glitag.groupByLabel', 'label'],
      ['glitag.groupByFile', 'file'],
    ] as const) {
      assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand(command)), []);
      await until(`the page groups by ${by}`, () => messagesOfType('group').at(-1)?.by === by);
    }
    for (const [command, by] of [
      ['glitag.sortByNewest', 'newest'],
      ['glitag.sortByName', 'name'],
      ['glitag.sortByScore', 'score'],
    ] as const) {
      assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand(command)), []);
      await until(`the page sorts by ${by}`, () => messagesOfType('sort').at(-1)?.by === by);
    }
    for (const [command, name] of [
      ['glitag.filter', 'filter'],
      ['glitag.collapseAll', 'collapseAll'],
    ] as const) {
      assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand(command)), []);
      await until(`the page is told to ${name}`, () => messagesOfType('command').at(-1)?.command === name);
    }
  });

  it('opens the row of a document', async () => {
    const { id } = (await rowOf(file('invoice.txt'))) ?? { id: '' };
    assert.deepEqual(await messagesOf(() => run('showInView', file('invoice.txt'))), []);
    await until('the page is told', () => messagesOfType('reveal').at(-1)?.id === id);
  });

  it('lists a folder that is left out as one row with the reason', async () => {
    const rows = async () => (await api()).documents().filter(({ id }) => id.startsWith(file('ignored').toString()));
    await vscode.workspace.fs.writeFile(file('ignored/one.txt'), new TextEncoder().encode('The invoice.'));
    await run('tagWorkspace');
    assert.deepEqual(
      (await rows()).map(({ title }) => title),
      ['ignored'],
    );
    assert.match((await rows())[0]?.skipped ?? '', /^Left out by an ignore file.*\(the whole folder\)$/);
    await vscode.workspace.fs.delete(file('ignored'), { recursive: true });
    await run('tagWorkspace');
    assert.deepEqual(await rows(), []);
  });
});
