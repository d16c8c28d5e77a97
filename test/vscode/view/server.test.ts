// A label set whose model is on a GLiClass server: tags, its token, outages, and where nothing may be sent.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GliclassServer, scoreOf, send } from '../../support/gliclassServer';
import { answering } from '../support/answering';
import { run, whileAsked } from '../support/deciding';
import { closeEditors, file, rowOf, show, tagsOf } from '../support/extension';
import { logLines } from '../support/logLines';
import { messagesOf } from '../support/messages';
import { inferenceChildren } from '../support/processes';
import { withSettings } from '../support/settings';
import { statusTooltip } from '../support/statusItems';
import { until } from '../support/until';
import { lastState, notesOf } from '../support/viewMessages';

const labels = ['verse', 'prose'];

describe('a model on a server', () => {
  let server: GliclassServer;
  const settings = (url = server.url) => ({
    models: { far: { server: url, serverModel: 'big' } },
    labelSets: { far: { labels, threshold: 0, model: 'far' } },
    activeLabelSet: 'far',
  });

  async function typed(content: string): Promise<vscode.Uri> {
    const document = await vscode.workspace.openTextDocument({ content });
    await show(document);
    return document.uri;
  }

  before(() => run('tags.focus'));
  beforeEach(async () => {
    server = await GliclassServer.listen();
  });
  afterEach(async () => {
    await closeEditors();
    await server.stop();
  });

  it('tags texts with its scores, without a process here, and the status bar says where texts go', async () => {
    const before = inferenceChildren();
    await withSettings(settings(), async () => {
      const uri = await typed('A poem of two lines.');
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      const scores = new Map((await rowOf(uri))?.tags.map(({ label, score }) => [label, score]));
      for (const label of labels) assert.equal(scores.get(label), scoreOf('A poem of two lines.', label));
      assert.equal(server.headers[0]?.authorization, undefined);
      await until('the view names the model', () => lastState()?.modelName === 'big');
      assert.ok(statusTooltip().includes(`texts are sent to ${server.url}`));
      assert.deepEqual(inferenceChildren(), before);
    });
  });

  it('is the default where “glitag.model.path” names it', async () => {
    const { models, labelSets, activeLabelSet } = settings();
    const sets = { far: { labels: labelSets.far.labels, threshold: 0 } };
    await withSettings({ models, labelSets: sets, activeLabelSet, 'model.path': 'far' }, async () => {
      const uri = await typed('Another poem.');
      assert.deepEqual(await messagesOf(() => run('classifySelection')), []);
      assert.deepEqual((await tagsOf(uri)).sort(), ['prose', 'verse']);
    });
  });

  it('asks for a token where the server wants one, sends it from then on, and logs it nowhere', async () => {
    const token = 'very-secret-0815';
    server.behaviour = ({ request, response, answer }) => {
      if (request.headers.authorization === `Bearer ${token}`) answer();
      else send(response, 401, { error: `not ${String(request.headers.authorization)}` });
    };
    await withSettings(settings(), async () => {
      const uri = await typed('A letter.');
      await answering({ picks: [], input: token }, async () => {
        const messages = await whileAsked('showErrorMessage', 'Set Token', () => run('classifySelection'));
        assert.match(messages.join(), /wants a token.*\(401\)/);
        assert.equal(await rowOf(uri), undefined);
        await until('the token is sent', async () => {
          await messagesOf(() => run('classifySelection'));
          return (await rowOf(uri)) !== undefined;
        });
      });
      await answering({ picks: [], input: 'a-wrong-one' }, () => run('setServerToken'));
      await typed('A second letter.');
      assert.match((await messagesOf(() => run('classifySelection'))).join(), /token/);
      await answering({ picks: [], input: '' }, () => run('setServerToken'));
      assert.ok(logLines().some((line) => line.includes('server-token')));
      assert.deepEqual(
        logLines().filter((line) => line.includes(token) || line.includes('a-wrong-one')),
        [],
      );
      const written = JSON.stringify(vscode.workspace.getConfiguration('glitag'));
      assert.ok(!written.includes(token));
    });
  });

  it('says that it is away, in the view too, and “Try Again” does what failed', async function () {
    this.timeout(90_000);
    const { port, url } = server;
    await server.stop();
    await withSettings(settings(url), async () => {
      const uri = await typed('A novel.');
      const answer = (async () => {
        await until('the view says what is waited for', () =>
          notesOf('model').some(({ text, action }) => /refused.* Trying again\.$/.test(text) && action === 'Stop'),
        );
        await until('the view says it', () => /^The server at .* refused/.test(lastState()?.problem ?? ''), 40_000);
        server = await GliclassServer.listen(undefined, undefined, port);
        return 'Try Again';
      })();
      const messages = await whileAsked('showErrorMessage', answer, () => run('classifySelection'));
      assert.equal(messages.length, 1);
      assert.match(String(messages[0]), new RegExp(`The server at ${url}: the connection was refused`));
      await until('it is tagged', async () => (await rowOf(uri)) !== undefined, 30_000);
      assert.deepEqual(notesOf('model'), []);
      await until('the view forgets it', () => lastState()?.problem === null);
      assert.equal(lastState()?.server, url);
    });
  });

  it('goes on with a run when a server that was started anew answers', async function () {
    this.timeout(90_000);
    const { port, url } = server;
    const asked: string[] = [];
    server.behaviour = ({ asked: { text }, request, answer }) => {
      if (asked.length >= 1) {
        request.socket.destroy();
        return;
      }
      asked.push(text);
      answer();
    };
    await withSettings(settings(url), async () => {
      const running = messagesOf(() => run('tagWorkspace'));
      await until('one is answered', () => asked.length === 1);
      await server.stop();
      server = await GliclassServer.listen(undefined, undefined, port);
      assert.deepEqual(await running, []);
      for (const name of ['invoice.txt', 'weekly.md', 'notes/hiring.md']) {
        assert.deepEqual((await tagsOf(file(name))).sort(), ['prose', 'verse']);
        assert.equal((await rowOf(file(name)))?.stale, false);
      }
      // Whoever was answered is not asked about again.
      assert.deepEqual(
        server.asked.filter(({ text }) => asked.includes(text)),
        [],
      );
    });
  });

  it('ends a run that it refuses in the middle; the view says what is left, and “Tag Workspace” goes on there', async () => {
    const { labelSets, ...others } = settings();
    // Labels of their own: nothing is kept under them yet.
    const sets = { far: { ...labelSets.far, labels: [...labels, 'list'] } };
    const asked: string[] = [];
    server.behaviour = ({ asked: { text }, response, answer }) => {
      if (asked.length === 2) {
        send(response, 403, {});
        return;
      }
      asked.push(text);
      answer();
    };
    await withSettings({ ...others, labelSets: sets }, async () => {
      const messages = await messagesOf(() => run('tagWorkspace'));
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', /does not let this token in \(403\)/);
      await until('the view says what is left', () => notesOf('run')[0]?.action === 'Continue');
      server.behaviour = ({ answer }) => {
        answer();
      };
      assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
      assert.deepEqual((await tagsOf(file('weekly.md'))).sort(), ['list', 'prose', 'verse']);
      await until('nothing is left', () => notesOf('run')[0]?.action !== 'Continue');
    });
  });

  it('is sent nothing from a workspace that is not trusted', async () => {
    await withSettings(settings(), async () => {
      await typed('A diary.');
      Object.defineProperty(vscode.workspace, 'isTrusted', { value: false, configurable: true });
      try {
        assert.match((await messagesOf(() => run('classifySelection'))).join(), /not trusted.*nothing of it is sent/);
      } finally {
        Reflect.deleteProperty(vscode.workspace, 'isTrusted');
      }
      assert.deepEqual(server.asked, []);
    });
  });

  it('tells what is wrong with its address, and where', async () => {
    await withSettings(settings('http://name:word@host/'), async () => {
      await typed('A note.');
      const [message] = await messagesOf(() => run('classifySelection'));
      assert.match(message ?? '', /“glitag\.models”.*Leave name and password out/);
      assert.ok(!message?.includes('word@'));
    });
  });
});
