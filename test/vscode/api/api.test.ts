// What other extensions get, asked as one of them asks; the extension of examples/extension runs beside.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiTagsChange } from '../../../src/extension/api/api';
import { decided, run } from '../support/deciding';
import { api, closeEditors, file, show, tagsOf } from '../support/extension';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const invoice = file('invoice.txt');
const id = invoice.toString();
const billing = 'topic.billing and invoices';
const author = 'Some Extension';

/** What is told of tags while the action runs and until the condition holds. */
async function told(action: () => PromiseLike<unknown>, enough: (changes: readonly ApiTagsChange[]) => boolean) {
  const changes: ApiTagsChange[] = [];
  const listening = (await api()).onDidChangeTags((change) => changes.push(change));
  try {
    await action();
    await until('the change is told', () => enough(changes));
  } finally {
    listening.dispose();
  }
  return changes;
}

/** Resolves when nothing was told for a while: what a run did comes after its end. */
async function quiet(): Promise<void> {
  let lastMs = Date.now();
  const listening = (await api()).onDidChangeTags(() => (lastMs = Date.now()));
  await until('the changes of the run are told', () => Date.now() - lastMs > 1_000);
  listening.dispose();
}

const names = (change: ApiTagsChange) => change.documents.includes(id);

before(async () => {
  await api();
  await run('tagWorkspace');
  await until('the workspace is tagged', async () => (await api()).documents().some((one) => one.id === id));
  await quiet();
});

describe('onDidChangeTags', () => {
  it('names the document whose tags changed, and nothing once it was let go', async () => {
    const { decisions } = await api();
    const target = [{ document: id, label: billing }];
    const changes = await told(
      () => decisions.accept(target, { author }),
      (all) => all.some(names),
    );
    assert.deepEqual(changes.filter(names), [{ all: false, documents: [id] }]);
    const again = await told(
      () => run('undoDecision'),
      (all) => all.some(names),
    );
    assert.ok(again.length > 0);
    assert.equal(changes.length, 1, 'a listener that was disposed of heard of the second change');
  });

  it('says of another label set that everything may be different', async () => {
    const others = () => until('the tags are others', async () => !(await tagsOf(invoice)).includes(billing));
    const changes = await told(
      () => withSettings({ activeLabelSet: 'mood' }, others),
      (all) => all.some((change) => change.all),
    );
    assert.ok(changes.every(({ all, documents }) => !all || documents.length === 0));
    await until('the tags of the set are back', async () => (await tagsOf(invoice)).includes(billing));
  });
});

describe('find', () => {
  it('speaks the language of the filter, best first, and says how many there are', async () => {
    const glitag = await api();
    const found = await glitag.find('billing');
    const scores = found.documents.map(({ tags }) => tags.find(({ label }) => label === billing)?.score ?? 0);
    assert.ok(found.documents.some((document) => document.id === id));
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    assert.ok(scores.every((score) => score >= 0.5));
    const all = await glitag.find('');
    assert.equal(all.total, glitag.documents().filter(({ skipped }) => skipped === undefined).length);
    assert.ok(all.total > found.total);
    assert.deepEqual([(await glitag.find('', 1)).documents.length, (await glitag.find('', 1)).total], [1, all.total]);
    assert.equal((await glitag.find('-billing')).total, all.total - found.total);
    assert.equal((await glitag.find('@score:101%')).total, all.total, 'what is no score is left out of a search');
  });
});

describe('findPassages', () => {
  it('gives places in documents, also only in those that a search finds', async () => {
    const glitag = await api();
    const { passages, documents, leftOut } = await glitag.findPassages('a bill was charged twice', { limit: 3 });
    const [best] = passages;
    assert.ok(best);
    const content = (await vscode.workspace.openTextDocument(vscode.Uri.parse(best.document))).getText();
    assert.match(best.text, /charge of 420 EUR twice|refund/);
    assert.equal(content.slice(best.start, best.end), best.text);
    assert.ok(best.score > 0 && best.score <= 1);
    assert.ok(documents > 1);
    assert.equal(leftOut, 0);
    const others = await glitag.findPassages('a bill was charged twice', { search: '-billing' });
    const billed = (await glitag.find('billing')).documents.map((document) => document.id);
    assert.ok(others.documents > 0 && others.documents < documents);
    assert.ok(others.passages.every((one) => !billed.includes(one.document)));
  });

  it('ends with its signal', async () => {
    const call = (await api()).findPassages('anything', { signal: AbortSignal.abort() });
    await assert.rejects(call, { code: 'cancelled' });
  });
});

describe('decisions', () => {
  it('are kept in the name of their author, in steps that can be undone', async () => {
    const { decisions } = await api();
    assert.equal(await decisions.accept([{ document: id, label: billing }], { author }), 1);
    assert.equal(await decisions.accept([{ document: id, label: billing }], { author }), 0, 'nothing changes twice');
    assert.equal(await decisions.add([id], 'tone.grateful', { author }), 1);
    assert.deepEqual((await decided(invoice)).sort(), ['tone.grateful added', `${billing} accepted`]);
    const own = (await decisions.list()).filter((one) => one.document === id);
    assert.deepEqual(
      own.map(({ label, verdict, labelSet, path, author: by }) => [label, verdict, labelSet, path, by]).sort(),
      [
        ['tone.grateful', 'added', 'work', 'invoice.txt', author],
        [billing, 'accepted', 'work', 'invoice.txt', author],
      ],
    );
    await run('undoDecision');
    await run('undoDecision');
    assert.deepEqual(await decided(invoice), [billing]);
    assert.deepEqual(await decisions.list(), []);
  });

  it('reject and take back', async () => {
    const { decisions } = await api();
    const target = [{ document: id, label: billing }];
    assert.equal(await decisions.reject(target, { author }), 1);
    assert.deepEqual(await decided(invoice), [`not ${billing}`]);
    assert.equal(await decisions.takeBack(target, { author }), 1);
    assert.deepEqual(await decided(invoice), [billing]);
  });

  it('refuse what is no label, and decisions of nobody', async () => {
    const { decisions } = await api();
    const unknown = decisions.accept([{ document: id, label: 'topic.nothing' }], { author });
    await assert.rejects(unknown, {
      code: 'input-invalid',
      message: /“topic.nothing” is no label of the label set “work”/,
    });
    const nobody = decisions.accept([{ document: id, label: billing }], { author: ' ' });
    await assert.rejects(nobody, { code: 'input-invalid', message: /needs an author/ });
    assert.equal(await decisions.accept([{ document: 'file:///none.md', label: billing }], { author }), 0);
  });
});

describe('the extension of examples/extension', () => {
  afterEach(closeEditors);

  const companion = async () => {
    const extension = vscode.extensions.getExtension<{ readonly shown: () => string }>('glitag-examples.tag-companion');
    assert.ok(extension, 'it does not run beside GLiTag');
    return extension.activate();
  };

  it('shows the tags of the active file, opens documents by a search, and decides in its own name', async () => {
    const { shown } = await companion();
    await show(await vscode.workspace.openTextDocument(file('weekly.md')));
    await vscode.commands.executeCommand('tagCompanion.open', 'billing @path:invoice');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), id);
    await until('the tags are shown', () => shown() === `$(tag) ${billing}`);
    await vscode.commands.executeCommand('tagCompanion.accept');
    assert.deepEqual(
      (await (await api()).decisions.list()).map(({ label, author: by }) => [label, by]),
      [[billing, 'Tag Companion']],
    );
    await run('undoDecision');
  });
});
