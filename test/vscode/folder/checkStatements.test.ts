// Statements are checked against the workspace, a file and a selection; a document of statements becomes a table.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GliclassServer } from '../../support/gliclassServer';
import { judging } from '../../support/judging';
import { answering } from '../support/answering';
import { run } from '../support/deciding';
import { closeEditors, file, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const statement = 'No attacker can see what other users wrote.';

/** All passages of the row that is selected in the view: those of the last answer's first row. */
async function copied(): Promise<string> {
  await vscode.env.clipboard.writeText('');
  await run('copyAnswer');
  return vscode.env.clipboard.readText();
}

/** The answer is there when its command ends; the workbench selects its row in its own time, and without one nothing is copied. */
async function untilCopied(what: string, pattern: RegExp): Promise<void> {
  await until('a row of the answer is selected', async () => (await copied()) !== '');
  await until(what, async () => pattern.test(await copied()));
}

const typing = (input: string, command: () => PromiseLike<unknown>) =>
  messagesOf(() => answering({ picks: [], input: [input] }, command));

async function open(content: string, ...lines: readonly (readonly [number, number])[]): Promise<vscode.TextEditor> {
  return show(await vscode.workspace.openTextDocument({ content }), ...lines);
}

describe('Check Statement', () => {
  before(async () => {
    await closeEditors();
    await run('tagWorkspace');
  });
  afterEach(async () => {
    await run('clearAnswers');
    await closeEditors();
  });

  it('finds the passages of the workspace that a typed statement is about', async () => {
    assert.deepEqual(await typing(statement, () => run('checkAgainstWorkspace')), []);
    await untilCopied('the passage is found', /attacker can read other/);
    await run('openAnswer');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file('notes/security.md').toString());
  });

  it('takes the selection as the statement, which is no evidence for itself', async () => {
    await open(`The lighthouse of Sylt is forty metres high.\n\nNobody lives in the lighthouse any more.`, [0, 0]);
    assert.deepEqual(await messagesOf(() => run('checkAgainstFile')), []);
    await until('a passage is found', async () => (await copied()) !== '');
    assert.doesNotMatch(await copied(), /forty metres/);
  });

  it('checks against what is selected alone', async () => {
    await open('The lighthouse is red.\n\nThe lighthouse is white.\n', [2, 2]);
    assert.deepEqual(await typing('The lighthouse is green.', () => run('checkAgainstSelection')), []);
    await until('the selected passage is found', async () => (await copied()) === 'The lighthouse is white.');
    await run('openAnswer');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(editor.selection), 'The lighthouse is white.');
  });

  it('makes a table of a document of statements, none of which is evidence', async () => {
    await open(`# Facts\n\n- ${statement}\n- A candidate was interviewed.\n`);
    assert.deepEqual(await messagesOf(() => run('checkDocument')), []);
    await untilCopied('the first statement has its passages', /attacker can read other/);
    assert.doesNotMatch(await copied(), /No attacker/);
    await run('askAgain');
    await untilCopied('it is asked again', /attacker can read other/);
  });

  it('groups the evidence by what it says, where the model judges', async () => {
    const server = await GliclassServer.listen();
    server.behaviour = judging([
      { passage: 'grinds corn', statement: 'The mill is at work.', stance: 'supports' },
      { passage: 'grinds corn', statement: 'The mill is a ruin.', stance: 'contradicts' },
    ]);
    const models = { judge: { server: server.url, serverModel: 'judge' } };
    const labelSets = { judged: { labels: ['a', 'b'], model: 'judge' } };
    try {
      await withSettings({ models, labelSets, activeLabelSet: 'judged' }, async () => {
        await open('Birds sing in the trees.\n\nThe mill grinds corn.\n\nThe river is cold.\n');
        for (const statement of ['The mill is at work.', 'The mill is a ruin.']) {
          await run('clearAnswers');
          assert.deepEqual(await typing(statement, () => run('checkAgainstFile')), []);
          // The group of what decides comes first, without the related passages.
          await until('the group is selected', async () => (await copied()) === 'The mill grinds corn.');
        }
        const { labels } = server.asked.findLast(({ prompt }) => prompt !== undefined) ?? {};
        assert.equal(labels?.length, 3);
      });
    } finally {
      await server.stop();
    }
  });

  it('says what is missing', async () => {
    assert.match((await messagesOf(() => run('checkAgainstFile')))[0] ?? '', /Open a document first/);
    await open('Some text.');
    assert.match((await messagesOf(() => run('checkAgainstSelection')))[0] ?? '', /Nothing is selected/);
    await closeEditors();
    await open('# Only a heading\n');
    assert.match((await messagesOf(() => run('checkDocument')))[0] ?? '', /holds no statements/);
    await vscode.env.clipboard.writeText('untouched');
    await run('copyAnswer');
    assert.equal(await vscode.env.clipboard.readText(), 'untouched');
  });

  it('asks nothing of the model where no statement is given', async () => {
    await open('Some text.');
    assert.deepEqual(await typing('  ', () => run('checkAgainstFile')), []);
    assert.equal(await copied(), '');
  });
});
