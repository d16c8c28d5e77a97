// Choosing a model in the real host: installed from a folder and named by the set, told where it lacks something, deleted; and the proxy.
import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { answering } from '../support/answering';
import { run, whileAsked } from '../support/deciding';
import { closeEditors, goldenModel, rowOf, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { notesOf } from '../support/viewMessages';

/** Reads text and labels apart and keeps no vectors: it takes no examples. */
const name = 'bi-bert';
const folder = () => vscode.Uri.file(goldenModel(name));

const writtenModel = () =>
  vscode.workspace.getConfiguration('glitag').get<Record<string, { model?: string }>>('labelSets')?.['work']?.model;

describe('choosing a model', () => {
  const examples = [{ text: 'We are hiring.', labels: ['topic.hiring'] }];
  const settings = { labelSets: { work: { ...labelSets.work, examples } }, activeLabelSet: 'work' };

  before(() => run('tags.focus'));
  afterEach(closeEditors);

  it('installs a folder that the set names from then on, says what it does not take, and deletes it', async () => {
    await withSettings(settings, async () => {
      const picks = ['Install Model from Folder or Archive…', 'A Folder', 'Only “work”'];
      const told = await messagesOf(() =>
        whileAsked('showOpenDialog', [folder()], () => answering({ picks }, () => run('chooseModel'))),
      );
      assert.deepEqual(told, []);
      assert.equal(writtenModel(), name);

      const document = await vscode.workspace.openTextDocument({ content: 'The invoice shows a charge twice.' });
      await show(document);
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      assert.ok(await rowOf(document.uri));
      await until('the view says that examples do not count', () =>
        notesOf('model').some(({ text }) =>
          text.startsWith(`The examples of “work” have no effect with the model ${name}.`),
        ),
      );

      const row = {
        webviewSection: 'document',
        documentId: document.uri.toString(),
        label: 0,
        folder: null,
        tagged: true,
      };
      const [refused] = await messagesOf(() => run('addExample', row));
      assert.match(refused ?? '', /takes no examples, so none was added to “work”/);

      await messagesOf(() =>
        whileAsked('showWarningMessage', 'Delete', () =>
          answering({ picks: [name, 'Delete'] }, () => run('manageModels')),
        ),
      );
      const [gone] = await messagesOf(() => run('classifySelection'));
      assert.match(
        gone ?? '',
        /“work”: this machine knows no model “bi-bert”\. Install it with “GLiTag: Choose Model”/,
      );
    });
  });

  it('makes a model that of all sets which name none, and the built-in one again', async () => {
    const models = { tiny: folder().fsPath };
    const settingsOf = { models, 'model.path': '' };
    await withSettings(settingsOf, async () => {
      const path = () => vscode.workspace.getConfiguration('glitag').get('model.path');
      await answering({ picks: ['tiny', 'All label sets that name no model'] }, () => run('chooseModel'));
      assert.equal(path(), 'tiny');
      const document = await vscode.workspace.openTextDocument({ content: 'The invoice is wrong.' });
      await show(document);
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      await withSettings({ models: {} }, async () => {
        const [unknown] = await messagesOf(() => run('classifySelection'));
        assert.match(unknown ?? '', /^This machine knows no model “tiny”\. .*“glitag\.model\.path”/);
      });
      await answering({ picks: ['embedded', 'All label sets that name no model'] }, () => run('chooseModel'));
      assert.equal(path(), '');
    });
  });

  it('goes to the hub through the proxy of the editor', async () => {
    const asked: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const editor = vscode.workspace.getConfiguration('http');
    try {
      const { port } = proxy.address() as AddressInfo;
      await editor.update('proxy', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
      await withSettings({ 'model.host': 'https://models.invalid' }, async () => {
        const picks = ['Another Model of the Hub…'];
        const told = await messagesOf(() => answering({ picks, input: 'owner/name' }, () => run('chooseModel')));
        assert.match(told[0] ?? '', /^https:\/\/models\.invalid: /);
      });
      assert.deepEqual(asked, ['models.invalid:443']);
    } finally {
      await editor.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.close();
    }
  });
});
