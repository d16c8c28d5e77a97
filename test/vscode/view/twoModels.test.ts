// Two label sets with two models: side by side in one window, each with results of its own.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { run } from '../support/deciding';
import { api, closeEditors, file, goldenModel, rowOf, show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { lastState, messagesOfType, notesOf } from '../support/viewMessages';

const choose = (name: string) =>
  vscode.workspace.getConfiguration('glitag').update('activeLabelSet', name, vscode.ConfigurationTarget.Global);
const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';

const tiny = () => goldenModel('uni-bert-first-simple');

describe('two models', () => {
  const { work } = labelSets;
  const settings = () => ({
    models: { tiny: { path: tiny(), threads: 1 } },
    labelSets: {
      work,
      // The same labels: the model alone tells the results apart.
      alike: { ...work, model: 'tiny' },
      other: { labels: ['verse', 'prose'], threshold: 0, model: 'tiny' },
      lost: { ...work, model: 'elsewhere' },
    },
    activeLabelSet: 'work',
  });

  async function scoresOf(uri: vscode.Uri): Promise<readonly number[]> {
    const row = await rowOf(uri);
    assert.ok(row);
    return row.tags.map(({ score }) => score);
  }

  before(() => run('tags.focus'));
  afterEach(closeEditors);

  it('leave the tags of a text as they are when another is chosen, and tell that they are of the one before', async () => {
    const { uri } = await vscode.workspace.openTextDocument({ content: `${billing} Regards.` });
    await show(await vscode.workspace.openTextDocument(uri));
    await withSettings(settings(), async () => {
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      const embedded = await scoresOf(uri);
      await choose('alike');
      await until('the row is stale', async () => (await rowOf(uri))?.stale === true);
      assert.deepEqual(await scoresOf(uri), embedded);
    });
  });

  it('tag one after the other, and each set shows what its own model said', async () => {
    const uri = file('invoice.txt');
    await withSettings(settings(), async () => {
      assert.deepEqual(await messagesOf(() => run('classifyFile', uri, [uri])), []);
      const embedded = await scoresOf(uri);
      assert.deepEqual(await tagsOf(uri), ['topic.billing and invoices']);
      await until('the view names the model', () => lastState()?.modelName === 'glitag-small-en');

      // Nothing is tagged again by choosing: what another model said is stale.
      await choose('alike');
      await until('the row is stale', async () => (await rowOf(uri))?.stale === true);
      assert.deepEqual(await scoresOf(uri), embedded);
      assert.deepEqual(await messagesOf(() => run('classifyFile', uri, [uri])), []);
      assert.equal((await rowOf(uri))?.stale, false);
      await until('the view names the model', () => lastState()?.modelName === 'uni-bert-first-simple');
      assert.notDeepEqual(await scoresOf(uri), embedded);

      // What each model said is kept.
      await choose('work');
      await until('the scores are the first ones', async () => isDeepStrictEqual(await scoresOf(uri), embedded));
      assert.equal((await rowOf(uri))?.stale, false);
      assert.equal(inferenceChildren().length, 2);
    });
  });

  it('tag a selection by one while a run of the other goes on', async () => {
    const fresh = file('notes/fresh.md');
    await vscode.workspace.fs.writeFile(fresh, new TextEncoder().encode(`${billing} It is urgent.`));
    await withSettings(settings(), async () => {
      const running = messagesOf(() => run('tagWorkspace'));
      await run('pauseRun');
      // Until it has begun it would take up another set.
      await until('the run is paused', () => messagesOfType('progress').at(-1)?.progress?.state === 'paused');
      await choose('other');
      const document = await vscode.workspace.openTextDocument({ content: billing });
      await show(document);
      await run('classifySelection');
      assert.deepEqual((await tagsOf(document.uri)).sort(), ['prose', 'verse']);
      await run('resumeRun');
      assert.deepEqual(await running, []);
      // The run kept the set and the model that it began with.
      await choose('work');
      await until('the rows of the run are there', async () => (await rowOf(fresh)) !== undefined);
      assert.deepEqual(await tagsOf(fresh), ['topic.billing and invoices']);
      assert.deepEqual(await tagsOf(file('notes/hiring.md')), ['topic.hiring']);
      assert.equal((await rowOf(fresh))?.stale, false);
    });
    await vscode.workspace.fs.delete(fresh);
  });

  it('name a model that this machine does not know; nothing is tagged by another, and other sets go on', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `${billing} Thank you.` });
    await show(document);
    await withSettings({ ...settings(), activeLabelSet: 'lost' }, async () => {
      const messages = await messagesOf(() => run('classifySelection'));
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', /“lost”: this machine knows no model “elsewhere”\..*“glitag\.models”/);
      assert.equal(await rowOf(document.uri), undefined);
      await until('the view tells it', () => notesOf('mistakes').length === 1);
      assert.deepEqual((await api()).labelSets(), ['work', 'alike', 'other']);
      await choose('work');
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
    });
  });

  it('ask for an execution provider that is not there: one message says which there are, and the other set goes on', async () => {
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
    const sets = { ...settings().labelSets, fast: { labels: ['verse', 'prose'], model: 'fast' } };
    const models = { ...settings().models, fast: { path: tiny(), executionProvider: absent } };
    const document = await vscode.workspace.openTextDocument({ content: `${billing} Quickly.` });
    await show(document);
    await withSettings({ ...settings(), labelSets: sets, models, activeLabelSet: 'fast' }, async () => {
      const [message, ...more] = await messagesOf(() => run('classifySelection'));
      assert.match(
        message ?? '',
        new RegExp(`no execution provider “${absent}”\\. It has: .*cpu.*“executionProvider”`),
      );
      assert.deepEqual(more, []);
      assert.equal(await rowOf(document.uri), undefined);
      await choose('work');
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
    });
  });

  it('make room for a third that is asked, if they have nothing to do', async () => {
    const third = goldenModel('bi-bert');
    const sets = { ...settings().labelSets, third: { labels: ['verse', 'prose'], model: 'third' } };
    await withSettings({ ...settings(), labelSets: sets, models: { ...settings().models, third } }, async () => {
      for (const name of ['work', 'other', 'third']) {
        await choose(name);
        await show(await vscode.workspace.openTextDocument({ content: `${billing} ${name}` }));
        assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      }
      await until('two are left', () => inferenceChildren().length === 2);
    });
  });

  it('do not end for a model that is only added', async () => {
    const document = await vscode.workspace.openTextDocument({ content: `${billing} Goodbye.` });
    await show(document);
    await withSettings(settings(), async () => {
      await run('classifySelection');
      const before = inferenceChildren();
      assert.ok(before.length > 0);
      await withSettings({ models: { ...settings().models, more: '/nowhere/model' } }, async () => {
        await run('classifySelection');
        assert.deepEqual(inferenceChildren(), before);
      });
    });
  });
});
