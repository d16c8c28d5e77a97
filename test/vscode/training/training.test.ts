// "Train a Model on My Decisions": what is refused, what a stop leaves, and that nothing changes before somebody says so. A real training
// of a tiny model, with the Python of `npm test`.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { row, run, whileAsked } from '../support/deciding';
import { api, closeEditors, file, rowOf } from '../support/extension';
import { makeBase, temporary, trainingProgram, writeRows } from '../../train/toyBase';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { withReportPage, type ReportPage } from '../support/reportPage';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const settingsFile = file('.vscode/settings.json');
const settings = `{
  "glitag.labelSets": {
    // ours
    "own": { "labels": ["hiring", "billing and invoices"] }
  }
}
`;
const names = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn'];
const documents = names.flatMap((name, at) => [
  { uri: file(`own/job${at}.md`), text: `We interview ${name} for the open engineer position.`, is: 0 },
  { uri: file(`own/bill${at}.md`), text: `The invoice to ${name} shows a charge of ${at + 2}0 EUR twice.`, is: 1 },
]);
const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
const models = () => vscode.workspace.getConfiguration('glitag').get<Record<string, string>>('models') ?? {};
const trainings = () => vscode.tasks.taskExecutions.filter(({ task }) => task.definition.type === 'glitag.train');
const train = () => run('trainModel');

/** Says yes to what is asked before a training. */
const agreeing = (action: () => PromiseLike<unknown>) => whileAsked('showWarningMessage', 'Train', action);

async function decide(count: number): Promise<void> {
  const some = documents.slice(0, count);
  await run(
    'acceptTag',
    some.map(({ uri, is }) => row(uri, is)),
  );
  await run(
    'rejectTag',
    some.map(({ uri, is }) => row(uri, 1 - is)),
  );
}

/** Starts a training, and closes its terminal. */
async function stopped(): Promise<void> {
  const going = agreeing(train);
  const terminal = () => vscode.window.terminals.find(({ name: title }) => title.includes('Train a model'));
  await until('the terminal is there', () => trainings().length === 1 && terminal() !== undefined);
  terminal()?.dispose();
  await going;
  await until('the task has ended', () => trainings().length === 0);
}

async function answered({ sent, say }: ReportPage, use: boolean): Promise<boolean> {
  const before = sent.length;
  say({ type: 'useTrained', use });
  await until('the host answers', () => sent.length > before);
  const [answer] = sent.slice(before);
  assert.ok(answer?.type === 'trainedInUse');
  return answer.inUse;
}

describe('training on decisions', function () {
  this.timeout(200_000);
  const python = trainingProgram();
  const folder = temporary('training');
  let base = '';

  before(async () => {
    base = makeBase(folder, writeRows(folder, 6));
    await api();
    await run('tags.focus');
    for (const { uri, text } of documents) await write(uri, text);
    await write(settingsFile, settings);
    await until('the set is known', async () => (await api()).labelSets().includes('own'));
    const configuration = vscode.workspace.getConfiguration('glitag');
    await configuration.update('activeLabelSet', 'own', vscode.ConfigurationTarget.Global);
    await run('tagFolder', file('own'));
    await until('it is tagged', async () => (await rowOf(documents[0]!.uri)) !== undefined);
  });
  afterEach(closeEditors);
  after(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('says how many decisions are missing', async () => {
    await decide(3);
    assert.deepEqual(await messagesOf(train), [
      'Too little is decided under “own” to train a model. Still missing: 7 right tags, 7 wrong labels, 7 documents. Accept and reject tags in the view, and train again.',
    ]);
  });

  it('names the setting where its Python is none', async () => {
    await decide(documents.length);
    const messages = await withSettings({ pythonPath: '/nowhere/python3' }, () => messagesOf(train));
    assert.equal(messages.length, 1);
    assert.match(
      messages[0] ?? '',
      /^“\/nowhere\/python3” is no Python that can be started\. Training needs Python 3\.10/,
    );
    assert.deepEqual(trainings(), []);
  });

  it('does not train in a workspace that is not trusted', async () => {
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted');
    Object.defineProperty(vscode.workspace, 'isTrusted', { configurable: true, get: () => false });
    try {
      const messages = await messagesOf(train);
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', /only in workspaces that you trust/);
    } finally {
      Object.defineProperty(vscode.workspace, 'isTrusted', trusted ?? {});
    }
    assert.deepEqual(trainings(), []);
  });

  it('starts nothing where the question is declined', async () => {
    await withSettings({ pythonPath: python }, async () => {
      const asked = await whileAsked('showWarningMessage', undefined, train);
      assert.deepEqual(asked, ['Train a model on 12 decided texts of “own”?']);
    });
    assert.deepEqual(trainings(), []);
  });

  it('can be stopped and gone on with; the model in use is another one when somebody says so, and then no more', async () => {
    const before = await read(settingsFile);
    await withSettings({ pythonPath: python, 'model.path': base }, async () => {
      assert.deepEqual(await messagesOf(stopped), []);
      assert.deepEqual([await read(settingsFile), models()], [before, {}]);
      await withReportPage(async (page) => {
        let offered: string[] = [];
        const asked = await agreeing(async () => {
          offered = await picking(goesOn(), train);
        });
        assert.deepEqual(offered, ['Train a new model', goesOn()]);
        assert.deepEqual(asked, [`Go on with the training of ${name()}?`]);
        const data = await page.report();
        assert.equal(data.rows.length, 2);
        assert.deepEqual(
          data.rows.map(({ place }) => place.startsWith('own/')),
          [true, true],
        );
        assert.deepEqual([data.model, data.earlier?.trainedInUse], [name(), null]);

        assert.equal(await answered(page, false), false);
        assert.deepEqual([await read(settingsFile), models()], [before, {}]);

        assert.equal(await answered(page, true), true);
        assert.deepEqual(Object.keys(models()), [name()]);
        assert.ok(fs.existsSync(`${models()[name()] ?? ''}/config.json`));
        const after = await read(settingsFile);
        assert.match(after, new RegExp(`// ours[^]*"model": "${name()}"`));
        await until('old tags are stale', async () => (await rowOf(documents[0]!.uri))?.stale === true);

        assert.equal(await answered(page, false), false);
        const back = await read(settingsFile);
        assert.ok(back.includes('// ours') && !back.includes('"model"'), back);
        await until('they are as before', async () => (await rowOf(documents[0]!.uri))?.stale === false);
      });
    });
  });
});

const name = () => `own-${new Date().toISOString().slice(0, 10)}`;
const goesOn = () => `Go on with ${name()}, which was broken off`;
