// "Evaluate Label Set" with the real model: the report opens, mistakes open at their places, and what is wrong with a file is said.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { run } from '../support/deciding';
import { closeEditors, file } from '../support/extension';
import { messagesOf } from '../support/messages';
import { until } from '../support/until';

const rows = [
  { text: 'The invoice shows a charge of 420 EUR twice.', true_labels: ['topic.billing and invoices'] },
  { text: 'We have two open positions for backend engineers.', true_labels: ['topic.hiring', 'unknown label'] },
  { text: 'Thank you so much for your help!', true_labels: ['tone.grateful'] },
  { text: 'A text about something else.', true_labels: ['unknown label'] },
];

async function withFile(name: string, content: string, work: (uri: vscode.Uri) => Promise<void>): Promise<void> {
  const uri = file(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  try {
    await work(uri);
  } finally {
    await vscode.workspace.fs.delete(uri);
  }
}

const tabs = () => vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all).map(({ label }) => label);

describe('evaluating a label set', () => {
  afterEach(closeEditors);

  it('shows a report in a tab of its own, and the next one in the same', async () => {
    const lines = rows.map((row) => JSON.stringify(row)).join('\n');
    await withFile('evaluation.jsonl', lines, async (uri) => {
      for (let time = 0; time < 2; time++) assert.deepEqual(await messagesOf(() => run('evaluateLabelSet', uri)), []);
      await until('the report is there', () => tabs().includes('Evaluation of evaluation.jsonl'));
      assert.equal(tabs().filter((label) => label.startsWith('Evaluation')).length, 1);
    });
  });

  it('says what is wrong with a file', async () => {
    await withFile('broken.jsonl', '{"text": 1}', async (uri) => {
      const messages = await messagesOf(() => run('evaluateLabelSet', uri));
      assert.equal(messages.length, 1);
      assert.match(
        messages[0] ?? '',
        /broken\.jsonl is not in GLiClass training format: Line 1: “text” must be text.*Mend it/,
      );
    });
    await withFile('strange.json', JSON.stringify(rows.slice(3)), async (uri) => {
      assert.deepEqual(await messagesOf(() => run('evaluateLabelSet', uri)), [
        'No true label of strange.json is in the label set “work”. Choose the label set that the file was made for.',
      ]);
    });
    assert.deepEqual(tabs(), []);
  });
});
