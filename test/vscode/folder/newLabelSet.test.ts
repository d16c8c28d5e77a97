// "New Label Set" with the real model: labels are tried while they are typed, then saved and in use.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { within } from '../../../src/extension/host/within';
import { labelSets } from '../suites';
import { answering } from '../support/answering';
import { api, closeEditors, file, show } from '../support/extension';
import { withQuickPick } from '../support/quickPick';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { lastState } from '../support/viewMessages';

type Pick = vscode.QuickPick<vscode.QuickPickItem>;

const newLabelSet = () => vscode.commands.executeCommand('glitag.newLabelSet');
const settingsFile = file('.vscode/settings.json');

/** The row of a label, with its bar and score. */
function row(pick: Pick, label: string): vscode.QuickPickItem | undefined {
  return pick.items.find((item) => new RegExp(`^[■□]{10} \\.\\d\\d {2}${label}$`).test(item.label));
}

async function accept(pick: Pick, label: RegExp): Promise<void> {
  const item = pick.items.find((one) => label.test(one.label));
  assert.ok(item, `${String(label)} is not among ${pick.items.map((one) => one.label).join(', ')}`);
  // The window hears of it a moment later, and tells so.
  const heard = new Promise<void>((resolve) => {
    const listening = pick.onDidChangeActive(() => {
      listening.dispose();
      resolve();
    });
  });
  if (pick.activeItems[0] !== item) {
    pick.activeItems = [item];
    await within(heard, 5000);
  }
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

describe('New Label Set', () => {
  afterEach(closeEditors);

  it('tries labels on the open document while they are typed, and saves them', async () => {
    await show(await vscode.workspace.openTextDocument(file('invoice.txt')));
    await withSettings({ labelSets: { ...labelSets }, activeLabelSet: 'work' }, async () => {
      await answering({ picks: ['Write labels', 'User settings'], input: 'letters' }, () =>
        withQuickPick(newLabelSet, async (pick) => {
          pick.value = 'hiring';
          await until('the first label has a score', () => row(pick, 'hiring') !== undefined);
          assert.match(row(pick, 'hiring')?.description ?? '', /^below \.60$/);
          pick.value = 'topic (one of): hiring, billing and invoices';
          await until(
            'the better label is a tag',
            () => row(pick, 'topic\\.billing and invoices')?.description === 'tag',
          );
          assert.ok(pick.items.some(({ label, description }) => label === 'invoice.txt' && description === '1 tag'));
          assert.ok(pick.items.some(({ label, description }) => label.endsWith('.md') && description !== undefined));

          await accept(pick, /^Threshold \.60$/);
          await until('the steps are there', () => pick.items.some(({ label }) => label === '.95'));
          assert.match(pick.items.find(({ label }) => label === '.50')?.description ?? '', /tags? in \d of \d texts: /);
          await accept(pick, /^\.50$/);
          await until('the threshold is taken', () => pick.items.some(({ label }) => label === 'Threshold .50'));
          await accept(pick, /^Save this label set$/);
          await until('it is in use', async () => (await api()).labelSets().includes('letters'));
        }),
      );
      const { globalValue } = vscode.workspace.getConfiguration('glitag').inspect<object>('labelSets') ?? {};
      assert.deepEqual(globalValue, {
        ...labelSets,
        letters: { labels: { topic: ['hiring', 'billing and invoices'] }, threshold: 0.5, exclusive: ['topic'] },
      });
      assert.equal(vscode.workspace.getConfiguration('glitag').get('activeLabelSet'), 'letters');
    });
  });

  it('begins with a skeleton, and leaves the comments of the workspace’s settings as they are', async () => {
    const before = '{\n  // ours\n  "glitag.labelSets": { "fine": { "labels": ["a", "b"] } /* here */ }\n}\n';
    await vscode.workspace.fs.writeFile(settingsFile, new TextEncoder().encode(before));
    try {
      await until('the set is known', async () => (await api()).labelSets().includes('fine'));
      await answering({ picks: ['sentiment', 'Workspace settings'], input: 'mood here' }, () =>
        withQuickPick(newLabelSet, async (pick) => {
          assert.equal(pick.value, 'positive, neutral, negative');
          await accept(pick, /^Save this label set$/);
          await until('it is in use', async () => (await api()).labelSets().includes('mood here'));
        }),
      );
      const after = new TextDecoder().decode(await vscode.workspace.fs.readFile(settingsFile));
      assert.match(after, /\/\/ ours[^]*"fine"[^]*"mood here"[^]*\/\* here \*\//);
    } finally {
      await vscode.workspace.fs.delete(settingsFile);
    }
    const chosen = () => vscode.workspace.getConfiguration('glitag').get('activeLabelSet');
    await until(
      'the user’s sets are back',
      async () => (await api()).labelSets().includes('work') && chosen() !== 'mood here',
    );
    await until('theirs is the one that is shown', () => lastState()?.labelSetName === 'work');
  });
});
