// Language models in the editor call the tools, and the editor starts the server that it is offered.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toolNames } from '../../../src/agents/toolNames';
import { row, run, security } from '../support/deciding';
import { extension, file } from '../support/extension';
import { messagesOf } from '../support/messages';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

interface Answer {
  readonly leftOut?: number;
  readonly labelSet?: string | null;
  readonly total?: number;
  readonly tags?: readonly { readonly label: string }[];
  readonly results: readonly {
    readonly path?: string;
    readonly name?: string;
    readonly inUse?: boolean;
    readonly label?: string;
    readonly line?: number;
    readonly start?: number;
    readonly end?: number;
    readonly text?: string;
    readonly tags?: readonly { readonly label: string; readonly line?: number }[];
  }[];
}

async function call(
  name: string,
  input: object,
  options: Partial<vscode.LanguageModelToolInvocationOptions<object>> = {},
  token?: vscode.CancellationToken,
): Promise<Answer> {
  const { content } = await vscode.lm.invokeTool(name, { toolInvocationToken: undefined, input, ...options }, token);
  const [part] = content;
  assert.ok(part instanceof vscode.LanguageModelTextPart);
  return JSON.parse(part.value) as Answer;
}

const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.';

describe('the tools for language models', () => {
  before(async () => {
    await extension().activate();
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
  });

  it('are there, with what they say of themselves', () => {
    const known = vscode.lm.tools.filter(({ tags }) => tags.includes('glitag'));
    assert.deepEqual(known.map(({ name }) => name).sort(), [...toolNames].sort());
    for (const { description, inputSchema } of known) assert.ok(description.length > 50 && inputSchema !== undefined);
  });

  it('classify a text by the label set in use, by another one, and by labels of their own', async () => {
    const { labelSet, tags } = await call('glitag_classify', { text: billing });
    assert.equal(labelSet, 'work');
    assert.deepEqual(
      tags?.map(({ label }) => label),
      ['topic.billing and invoices'],
    );
    const mood = await call('glitag_classify', { text: 'I love it, thank you so much!', labelSet: 'mood' });
    assert.deepEqual(
      mood.tags?.map(({ label }) => label),
      ['positive'],
    );
    const own = await call('glitag_classify', { text: billing, labels: ['cooking', 'payments'] });
    assert.equal(own.labelSet, null);
    assert.equal(own.results[0]?.label, 'payments');
  });

  it('find documents by tag, with the place that earned it', async () => {
    const { total, results } = await call('glitag_find_by_tag', { search: 'security vulnerability' });
    const [first] = results;
    assert.ok(total !== undefined && total >= 1);
    assert.equal(first?.path, 'notes/security.md');
    const tag = first.tags?.find(({ label }) => label === 'topic.security vulnerability');
    assert.ok(tag?.line !== undefined && tag.line >= 1);
    const none = await call('glitag_find_by_tag', { search: 'security vulnerability', path: 'invoice.txt' });
    assert.equal(none.total, 0);
  });

  it('find passages, whose offsets are those of the document', async () => {
    const { results } = await call('glitag_find_passages', { query: 'Who was charged twice?', limit: 3 });
    const [first] = results;
    assert.ok(first?.path !== undefined);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file(first.path)));
    assert.equal(text.slice(first.start, first.end), first.text);
    assert.match(first.text ?? '', /twice/);
  });

  it('list the label sets', async () => {
    const { results } = await call('glitag_label_sets', {});
    assert.deepEqual(
      results.map(({ name, inUse }) => [name, inUse]),
      [
        ['work', true],
        ['mood', false],
      ],
    );
  });

  it('keep to the tokens that the model has for them', async () => {
    const count = (text: string) => Promise.resolve(Math.ceil(text.length / 4));
    const tokenizationOptions = { tokenBudget: 70, countTokens: count };
    const { results, leftOut } = await call('glitag_label_sets', {}, { tokenizationOptions });
    assert.ok(results.length < 2);
    assert.equal(leftOut, 2 - results.length);
  });

  it('say in a sentence what was wrong, and read nothing outside of the workspace', async () => {
    await assert.rejects(call('glitag_classify', { path: '../../../../etc/passwd' }), /There is no document or folder/);
    await assert.rejects(call('glitag_classify', { text: 'a', labelSet: 'nobody' }), /There is no label set “nobody”/);
    await assert.rejects(call('glitag_classify', {}), /either “text” or “path”/);
  });

  it('stop when the call is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    const calling = call('glitag_classify', { text: billing.repeat(1000) }, {}, source.token);
    source.cancel();
    await assert.rejects(calling);
  });
});

describe('the server for agents', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.mcp.stopServer', '*');
  });

  const served = () => vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_') && name.includes('glitag'));
  const start = () => vscode.commands.executeCommand('workbench.mcp.startServer', '*', { waitForLiveTools: true });

  it('is not offered beside the tools of the window, before the setting says so', async () => {
    await start();
    assert.deepEqual(served(), []);
  });

  it('is started by the editor, and knows the label sets, the tags and the decisions of this window', async () => {
    await withSettings({ mcpServer: true }, async () => {
      await until('the editor knows its tools', async () => {
        // It may not have asked yet which servers there are now.
        await start();
        return served().length >= toolNames.length;
      });
      const named = (name: string) => served().find((tool) => tool.name.endsWith(name))?.name ?? '';
      const { results } = await call(named('label_sets'), {});
      assert.deepEqual(
        results.map(({ name, inUse }) => [name, inUse]),
        [
          ['work', true],
          ['mood', false],
        ],
      );
      const found = () => call(named('find_by_tag'), { search: 'security vulnerability', path: 'notes/security.md' });
      assert.equal((await found()).results[0]?.path, 'notes/security.md');
      await run('rejectTag', row(file('notes/security.md'), security));
      try {
        assert.equal((await found()).total, 0);
      } finally {
        await run('undoDecision');
      }
      assert.equal((await found()).total, 1);
    });
  });
});
