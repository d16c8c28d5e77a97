// What the menu, the buttons and the keys of a row do, with the real model.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { hiring, row, run, security } from '../support/deciding';
import { api, closeEditors, file, rowOf, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { lastState, messagesOfType } from '../support/viewMessages';

function selected(): string {
  const editor = vscode.window.activeTextEditor;
  return editor ? editor.document.getText(editor.selection) : '';
}

const configuration = () => vscode.workspace.getConfiguration('glitag');

describe('the actions of a row', () => {
  const extra = file('rowActions.md');
  const write = (text: string) => vscode.workspace.fs.writeFile(extra, new TextEncoder().encode(text));
  const interview = 'We hold the second job interview with the backend candidate on Monday.';
  const offer = 'The recruiter sends the candidate a job offer, and HR prepares the employment contract.';
  const filler = 'The customer paid the invoice twice and asks us to refund the duplicate charge of 420 EUR.';

  before(async () => {
    await api();
    await vscode.commands.executeCommand('glitag.tags.focus');
    await write(`# Notes\n\n${interview}\n\n${filler}\n\n${filler}\n\n${offer}\n`);
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
  });
  afterEach(closeEditors);
  after(async () => {
    await vscode.workspace.fs.delete(extra);
    await run('tagWorkspace');
  });

  it('opens the document, and a label at its sentence, to the side too', async () => {
    await run('openRow', row(file('weekly.md')));
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file('weekly.md').toString());
    const group = vscode.window.activeTextEditor.viewColumn ?? 1;
    // Where the model is slow to come, a label opens at its chunk.
    await until('the label opens at its sentence', async () => {
      await run('openRowToSide', row(file('weekly.md'), security));
      return selected().startsWith('The search form');
    });
    assert.equal(vscode.window.activeTextEditor.viewColumn, group + 1);
  });

  it('goes through all passages of a label, round the end', async () => {
    await withSettings({ chunkTokens: 32 }, async () => {
      await run('classifyFile', extra, [extra]);
      await run('openRow', row(extra, hiring));
      const seen = new Set<string>();
      await until('both passages were visited', async () => {
        await run('nextPassage');
        seen.add(selected());
        return seen.has(interview) && seen.has(offer);
      });
      assert.ok(![...seen].includes(filler), [...seen].join('\n'));
      const here = selected();
      await run('nextPassage');
      await run('previousPassage');
      assert.equal(selected(), here);
      // Edits move them.
      await vscode.window.activeTextEditor?.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), 'First line.\n');
      });
      await run('nextPassage');
      assert.ok([interview, offer].includes(selected()), selected());
      await run('clearPassages');
      const before = selected();
      await run('nextPassage');
      assert.equal(selected(), before);
    });
  });

  it('marks no passages any more once the labels are others', async () => {
    await run('openRow', row(file('weekly.md'), security));
    await until('the passage is marked', async () => {
      await run('nextPassage');
      return selected().startsWith('The search form');
    });
    await withSettings({ activeLabelSet: 'mood' }, async () => {
      await until('the other labels are in use', () => lastState()?.labelSetName === 'mood');
      const editor = vscode.window.activeTextEditor;
      if (editor) editor.selection = new vscode.Selection(0, 0, 0, 0);
      await run('nextPassage');
      assert.equal(selected(), '');
    });
    await until('the labels are back', () => lastState()?.labelSetName === 'work');
  });

  it('tags a document again, and the document of a tag', async () => {
    await run('tagWorkspace');
    await write(`${filler}\n`);
    assert.deepEqual(await messagesOf(() => run('tagAgain', row(extra, hiring))), []);
    assert.deepEqual(await tagsOf(extra), ['topic.billing and invoices']);
  });

  it('copies the tags of a row', async () => {
    await run('copyTags', row(file('notes/security.md')));
    assert.equal(await vscode.env.clipboard.readText(), 'topic.security vulnerability');
  });

  it('leaves a document out of tagging from now on, and takes its row away', async () => {
    try {
      assert.ok(await rowOf(extra));
      assert.deepEqual(await messagesOf(() => run('excludeRow', row(extra))), []);
      assert.equal(await rowOf(extra), undefined);
      assert.ok(configuration().inspect<string[]>('exclude')?.workspaceValue?.includes('/rowActions.md'));
      await run('tagWorkspace');
      assert.match((await rowOf(extra))?.skipped ?? '', /rowActions\.md/);
      assert.ok(await rowOf(file('invoice.txt')));
    } finally {
      await configuration().update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      await vscode.workspace.fs.delete(file('.vscode'), { recursive: true });
    }
    await run('tagWorkspace');
  });

  it('shows a document and a folder in the explorer', async () => {
    const folder = { webviewSection: 'folder', documentId: null, label: null, folder: 'notes', tagged: false };
    for (const target of [row(file('notes/hiring.md')), folder])
      assert.deepEqual(await messagesOf(() => run('revealInExplorer', target)), []);
  });

  it('makes a passage an example of its label in the settings', async () => {
    await withSettings({ labelSets }, async () => {
      assert.deepEqual(await messagesOf(() => run('addExample', row(file('weekly.md'), security))), []);
      const sets = configuration().inspect<typeof labelSets>('labelSets')?.globalValue as unknown as {
        work: { examples: { text: string; labels: string[] }[]; threshold: number };
        mood: object;
      };
      assert.match(sets.work.examples[0]?.text ?? '', /^The search form/);
      assert.deepEqual(sets.work.examples[0]?.labels, ['topic.security vulnerability']);
      assert.equal(sets.work.threshold, 0.5);
      assert.deepEqual(sets.mood, labelSets.mood);
    });
    // A document becomes an example of all its tags.
    await withSettings({ labelSets }, async () => {
      assert.deepEqual(await messagesOf(() => run('addExample', row(file('notes/security.md')))), []);
      const sets = configuration().inspect<typeof labelSets>('labelSets')?.globalValue as unknown as {
        work: { examples: { text: string; labels: string[] }[] };
      };
      assert.deepEqual(
        sets.work.examples.map(({ labels }) => labels),
        [['topic.security vulnerability']],
      );
    });
    await run('tagWorkspace');
  });
});

describe('the table', () => {
  afterEach(closeEditors);

  it('opens in an editor tab, once', async () => {
    const tabs = () =>
      vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all).filter(({ label }) => label === 'Tags Table');
    for (let time = 0; time < 2; time++) assert.deepEqual(await messagesOf(() => run('showTable')), []);
    await until('the tab is there', () => tabs().length > 0);
    assert.equal(tabs().length, 1);
  });
});

describe('following the editor', () => {
  afterEach(closeEditors);

  it('tells the page which document the user is at, where that is wanted', async () => {
    const last = () => messagesOfType('follow').at(-1)?.id;
    await vscode.window.showTextDocument(file('invoice.txt'));
    await until('the page is told', () => last() === file('invoice.txt').toString());
    await withSettings({ followEditor: false }, async () => {
      const told = messagesOfType('follow').length;
      await vscode.window.showTextDocument(file('weekly.md'));
      assert.equal(messagesOfType('follow').length, told);
    });
    await until('the page is told', () => last() === file('weekly.md').toString());
  });
});
