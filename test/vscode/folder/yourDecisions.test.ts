// "Evaluate Label Set" on the decisions of this workspace, and what it offers: thresholds for the settings, and how far scores can be trusted.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ReportData } from '../../../src/shared/reportData';
import { row, run, whileAsked } from '../support/deciding';
import { api, closeEditors, file, rowOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { withReportPage } from '../support/reportPage';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { fromPage, notesOf } from '../support/viewMessages';

const settingsFile = file('.vscode/settings.json');
/** So high a threshold gives hardly a tag: other ones are better. */
const settings = `{
  // ours
  "glitag.labelSets": {
    "decided": {
      "labels": [
        "hiring", // people
        { "name": "billing and invoices", "description": "bills, charges and payments" }
      ],
      "threshold": 0.9999 // too high
    }
  }
}
`;
const names = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida'];
const documents = names.flatMap((name, at) => [
  {
    uri: file(`decided/job${at}.md`),
    text: `We interview ${name} for the open engineer position, and make an offer.`,
    is: 0,
  },
  { uri: file(`decided/bill${at}.md`), text: `The invoice to ${name} shows a charge of ${at + 2}0 EUR twice.`, is: 1 },
]);
const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));

describe('evaluating on decisions', () => {
  afterEach(closeEditors);
  before(async () => {
    await api();
    await run('tags.focus');
    for (const { uri, text } of documents) await write(uri, text);
    await write(settingsFile, settings);
    await until('the set is known', async () => (await api()).labelSets().includes('decided'));
  });
  after(async () => {
    await vscode.workspace.fs.delete(settingsFile);
    await vscode.workspace.fs.delete(file('decided'), { recursive: true });
    await until('the rows are gone', async () => (await rowOf(documents[0]?.uri ?? settingsFile)) === undefined);
  });

  it('takes kept scores, opens documents, and writes thresholds that are wanted beside the comments', async () => {
    await withSettings({ activeLabelSet: 'decided' }, async () => {
      assert.deepEqual(await messagesOf(() => run('tagFolder', file('decided'))), []);
      const [asked] = await whileAsked('showInputBox', undefined, () => run('acceptAbove'));
      assert.match(
        (asked as vscode.InputBoxOptions).prompt ?? '',
        /missing: 15 right tags, 15 wrong labels, 5 documents\.$/,
      );
      await run(
        'acceptTag',
        documents.map(({ uri, is }) => row(uri, is)),
      );
      await run(
        'rejectTag',
        documents.map(({ uri, is }) => row(uri, 1 - is)),
      );
      await until('the view offers thresholds', () => notesOf('thresholds').length === 1);
      const [note] = notesOf('thresholds');
      assert.match(
        note?.text ?? '',
        /^Your decisions suggest other thresholds: precision [.\d]+ → [.\d]+, recall \.\d\d → [.\d]+\.$/,
      );
      const offered = await picking('Another score…', () =>
        whileAsked('showInputBox', undefined, () => run('acceptAbove')),
      );
      assert.ok(offered.length > 1 && /^\.\d\d$/.test(offered[0] ?? ''), offered.join(', '));

      await withReportPage(async ({ report, say }) => {
        await picking('Your decisions (36)', () => run('evaluateLabelSet'));
        const data = await report();
        assert.equal(data.rows.length, documents.length);
        assert.deepEqual(
          data.rows.map(({ place, truth }) => [place, ...truth]).sort(),
          documents.map(({ uri, is }) => [vscode.workspace.asRelativePath(uri), is]).sort(),
        );
        const scores = new Float32Array(new Uint8Array(Buffer.from(data.scores, 'base64')).buffer);
        assert.ok(scores.length === 2 * documents.length && scores.every((score) => score > 0 && score < 1));
        assert.match(data.notes[0] ?? '', /without what decisions taught/);
        assert.match(data.notes[1] ?? '', /^Only labels that somebody decided on count/);
        const [last] = data.rows.slice(-1);
        say({ type: 'open', id: last?.id ?? '', label: 'hiring', toSide: false });
        await until('the mistake opens', () => {
          const open = vscode.window.activeTextEditor?.document.uri;
          return open !== undefined && vscode.workspace.asRelativePath(open) === last?.place;
        });
        assert.ok(!vscode.window.activeTextEditor?.selection.isEmpty, 'at the passage of the label');

        const labels = [
          { label: 'hiring', threshold: 0.41 },
          { label: 'billing and invoices', threshold: 0.52 },
        ];
        const messages = await messagesOf(async () => {
          say({ type: 'useThresholds', thresholds: { labels } });
          await until('the settings have them', async () => (await read(settingsFile)).includes('0.52'));
          await until('the host has said so', () => notesOf('thresholds').length === 0);
        });
        assert.deepEqual(messages, ['2 labels of “decided” have new thresholds in your settings.']);
        const text = await read(settingsFile);
        for (const comment of ['// ours', '// people', '// too high']) assert.ok(text.includes(comment), text);
        const { workspaceValue } = vscode.workspace.getConfiguration('glitag').inspect<object>('labelSets') ?? {};
        assert.deepEqual(workspaceValue, {
          decided: {
            labels: [
              { name: 'hiring', threshold: 0.41 },
              { name: 'billing and invoices', description: 'bills, charges and payments', threshold: 0.52 },
            ],
            threshold: 0.9999,
          },
        });
        const unknown = { labels: [{ label: 'strange', threshold: 0.5 }] };
        const refused: string[] = await messagesOf(async () => {
          say({ type: 'useThresholds', thresholds: unknown });
          await new Promise((resolve) => setTimeout(resolve, 300));
        });
        assert.deepEqual(refused, ['The labels of “decided” have changed since the report was made. Evaluate again.']);
      });
    });
  });

  it('does not offer again what was sent away', async () => {
    await write(settingsFile, settings);
    await withSettings({ activeLabelSet: 'decided' }, async () => {
      await until('the view offers thresholds', () => notesOf('thresholds').length === 1);
      fromPage({ type: 'dismiss', note: notesOf('thresholds')[0]?.id ?? '' });
      await until('it is gone', () => notesOf('thresholds').length === 0);
      await run('takeBack', row(documents[0]?.uri ?? settingsFile, 1));
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      assert.deepEqual(notesOf('thresholds'), []);
    });
  });

  it('has each document by what was decided on the others, where decisions teach', async () => {
    const reports: ReportData[] = [];
    const evaluate = async () => {
      await withReportPage(async ({ report }) => {
        await picking('Your decisions (35)', () => run('evaluateLabelSet'));
        reports.push(await report());
      });
      // The next report is to have a page of its own.
      await closeEditors();
    };
    await withSettings({ activeLabelSet: 'decided' }, async () => {
      await evaluate();
      await withSettings({ learn: true }, async () => {
        await until('the report has what was learned', async () => {
          await evaluate();
          return (reports.at(-1)?.notes[0] ?? '').includes('by the decisions on all other documents');
        });
        const offered = await picking('Another score…', () =>
          whileAsked('showInputBox', undefined, () => run('acceptAbove')),
        );
        assert.ok(offered.length > 1, offered.join(', '));
      });
    });
    const [written, learned] = [reports[0], reports.at(-1)];
    assert.match(written?.notes[0] ?? '', /without what decisions taught/);
    assert.deepEqual(
      learned?.rows.map(({ place, truth }) => [place, truth]),
      written?.rows.map(({ place, truth }) => [place, truth]),
    );
    assert.notEqual(learned?.scores, written?.scores);
  });
});
