// A model that reads examples learns from decisions, too: what it read before is stale, and read with the decided texts when asked.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { row, run } from '../support/deciding';
import { api, closeEditors, file, goldenModel, rowOf, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { inferenceChildren } from '../support/processes';
import { withReportPage } from '../support/reportPage';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { notesOf } from '../support/viewMessages';

const [invoice, people] = [file('invoice.txt'), file('notes/hiring.md')];
// Every label is a tag, so that rows show all scores.
const labelSets = { mood: { labels: ['calm', 'cross', 'glad'], threshold: 0 } };

const lessonNote = ' tagged before your last decisions:';

const scoresOf = async (uri: vscode.Uri) => (await rowOf(uri))?.tags.map(({ label, score }) => [label, score]);
const isStale = async (uri: vscode.Uri) => (await rowOf(uri))?.stale;
const menuLine = async () =>
  (await picking('nothing', () => run('showMenu'))).find((line) => line.startsWith('Learning from'));

describe('learning with a model that reads examples', () => {
  const settings = () => ({
    labelSets,
    activeLabelSet: 'mood',
    'model.path': goldenModel('uni-bert-first-simple'),
    learn: true,
  });

  before(async () => {
    await api();
    await run('tags.focus');
  });
  after(closeEditors);

  it('marks rows as stale, reads the next texts with what was decided, and takes it back with the decision', async () => {
    await withSettings(settings(), async () => {
      assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
      const asWritten = await scoresOf(people);
      assert.equal(asWritten?.length, 3);
      assert.equal(await menuLine(), 'Learning from decisions: on, none yet');

      await run('acceptTag', row(invoice, 1));
      await until('what was read without it is stale', async () => (await isStale(people)) === true);
      assert.equal(await menuLine(), 'Learning from 1 decision: on');
      assert.deepEqual(await scoresOf(people), asWritten);
      await until('the view says what to do', () =>
        notesOf('run').some(({ text, action }) => text.endsWith(lessonNote) && action === 'Tag Workspace'),
      );

      // A text that is no file is read with it at once.
      const document = await vscode.workspace.openTextDocument({ content: fs.readFileSync(people.fsPath, 'utf8') });
      await show(document);
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      assert.equal(inferenceChildren().length, 2);
      assert.equal(await isStale(document.uri), false);

      assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
      assert.equal(await isStale(people), false);
      const taught = await scoresOf(people);
      assert.notDeepEqual(taught, asWritten);
      await until('nothing is left to do', () => !notesOf('run').some(({ text }) => text.endsWith(lessonNote)));

      await withReportPage(async ({ report }) => {
        await picking('Your decisions (1)', () => run('evaluateLabelSet'));
        assert.match(
          (await report()).notes[0] ?? '',
          /^The model read each document with other decided ones as examples/,
        );
      });
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');

      // Both are kept, so that nothing is read.
      await run('undoDecision');
      await until('the lesson is taken back', async () => isDeepStrictEqual(await scoresOf(people), asWritten));
      assert.deepEqual([await isStale(people), await isStale(document.uri)], [false, true]);
      await run('redoDecision');
      await until('and there again', async () => isDeepStrictEqual(await scoresOf(people), taught));
      assert.deepEqual([await isStale(people), await isStale(document.uri)], [false, false]);
      await run('undoDecision');
    });
  });
});
