// First of two windows on one folder: what is decided here, the suite reviewAgain must find.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import * as vscode from 'vscode';
import { billing, decided, grateful, hiring, row, run, security, whileAsked } from '../support/deciding';
import { api, closeEditors, file, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { withSettings } from '../support/settings';
import { tickingAll } from '../support/tickingAll';
import { until } from '../support/until';
import { fromPage, lastState, messagesOfType } from '../support/viewMessages';

/** As the page has it that was told last. */
const labelsId = () => lastState()?.labelsId ?? '';

/** "Export Decisions" in the form of this number; returns the messages. */
async function exportAs(form: number, target: vscode.Uri): Promise<string[]> {
  const ask = vscode.window as unknown as { showQuickPick: (items: readonly unknown[]) => Promise<unknown> };
  const before = ask.showQuickPick;
  ask.showQuickPick = (items) => Promise.resolve(items[form]);
  try {
    return await messagesOf(() => whileAsked('showSaveDialog', target, () => run('exportDecisions')));
  } finally {
    ask.showQuickPick = before;
  }
}

const [jobs, holes, invoice] = [file('notes/hiring.md'), file('notes/security.md'), file('invoice.txt')];

describe('deciding', () => {
  before(async () => {
    await api();
    await run('tags.focus');
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
    assert.deepEqual(await decided(jobs), ['topic.hiring']);
  });
  afterEach(closeEditors);

  it('accepts, rejects and takes back, from menus and from the page', async () => {
    await run('acceptTag', row(jobs, hiring));
    assert.deepEqual(await decided(jobs), ['topic.hiring accepted']);
    await until('the view knows what can be undone', () => lastState()?.undo === 'accept 1 tag');
    // Of other labels, whose numbers these are not: nothing is decided.
    fromPage({ type: 'decide', act: 'reject', rows: [row(jobs, hiring)], labelsId: 'others' });
    fromPage({
      type: 'decide',
      act: 'reject',
      rows: [row(holes, security), row(invoice, billing)],
      labelsId: labelsId(),
    });
    await until('the tags are rejected', async () => (await decided(holes))[0] === 'not topic.security vulnerability');
    assert.deepEqual(await decided(invoice), ['not topic.billing and invoices']);
    await until('two rows are one step', () => lastState()?.undo === 'reject 2 tags');
    assert.deepEqual(await decided(jobs), ['topic.hiring accepted']);
    await run('takeBack', row(holes, security));
    assert.deepEqual(await decided(holes), ['topic.security vulnerability']);
  });

  it('tells the page of the documents that were decided on, and of no others', async () => {
    const before = messagesOfType('documents').length;
    await run('acceptTag', row(holes, security));
    const sent = () => messagesOfType('documents').slice(before);
    // What was taken back just now may come by itself.
    await until('the row is sent', () => sent().at(-1)?.documents[0]?.tags[0]?.state === 'accepted');
    for (const { reset, documents } of sent())
      assert.deepEqual([reset, documents.map(({ id }) => id)], [false, [holes.toString()]]);
    await run('undoDecision');
  });

  it('goes back and forth, step by step', async () => {
    await run('undoDecision');
    assert.deepEqual(await decided(holes), ['not topic.security vulnerability'], 'the decision is there again');
    await run('undoDecision');
    assert.deepEqual(await decided(invoice), ['topic.billing and invoices']);
    await until('the view knows what can be done again', () => lastState()?.redo === 'reject 2 tags');
    await run('redoDecision');
    assert.deepEqual(await decided(invoice), ['not topic.billing and invoices']);
    await run('undoDecision');
  });

  it('adds a label, moves a tag to another, and says that none fits', async () => {
    assert.ok((await picking('tone.grateful', () => run('addTag', row(jobs)))).includes('tone.grateful'));
    assert.deepEqual(await decided(jobs), ['topic.hiring accepted', 'tone.grateful added']);
    const offered = await picking('topic.hiring', () => run('moveTag', row(invoice, billing)));
    assert.ok(!offered.includes('topic.billing and invoices'), 'the label that it has is not offered');
    assert.deepEqual(await decided(invoice), ['topic.hiring added', 'not topic.billing and invoices']);
    await run('noneFits', row(holes));
    assert.deepEqual(await decided(holes), ['not topic.security vulnerability']);
    assert.deepEqual(await tagsOf(holes), []);
    for (let step = 0; step < 2; step++) await run('undoDecision');
    assert.deepEqual(await decided(invoice), ['topic.billing and invoices']);
  });

  it('accepts all above a score, and asks with their number first', async () => {
    const [above] = await whileAsked('showInputBox', '0.5', async () => {
      const asked = await whileAsked('showWarningMessage', 'Accept', () => run('acceptAbove'));
      assert.match(String(asked[0]), /^Accept \d tags of \d documents, with a score of \.50 or better\?$/);
    });
    assert.ok(above);
    assert.deepEqual(await decided(invoice), ['topic.billing and invoices accepted']);
    assert.deepEqual(await decided(holes), ['topic.security vulnerability accepted']);
    await run('undoDecision');
    assert.deepEqual(await decided(invoice), ['topic.billing and invoices'], 'one step takes all of it back');
    assert.deepEqual(await decided(jobs), ['topic.hiring accepted', 'tone.grateful added']);
  });

  it('reviews what is least certain first, in the editor', async () => {
    await run('nextToReview');
    const first = vscode.window.activeTextEditor?.document.uri.toString();
    await run('nextToReview');
    const second = vscode.window.activeTextEditor?.document.uri.toString();
    assert.notEqual(first, second);
    await run('previousToReview');
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), first);
  });

  it('follows the active row of the queue in the editor, and leaves the keyboard in the tree', async () => {
    await run('groupByReview');
    await run('tags.focus');
    const isShown = () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.toString() === invoice.toString());
    // The real page is there too, and tells of its own focus and row.
    await until('the evidence is shown', async () => {
      fromPage({ type: 'focus', place: 'tree' });
      fromPage({ type: 'active', row: row(invoice, billing), labelsId: labelsId() });
      await new Promise((resolve) => setTimeout(resolve, 500));
      return isShown();
    });
    await run('groupByFile');
  });

  it('offers to decide on a marked passage', async () => {
    await run('openRow', row(invoice, billing));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const titles = async () => {
      const name = 'vscode.executeCodeActionProvider';
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(name, invoice, editor.selection);
      return actions.map(({ title }) => title);
    };
    await until('the lightbulb has it', async () => (await titles()).includes('Reject “topic.billing and invoices”'));
  });

  it('writes into front matter what was accepted, and nothing else', async () => {
    await tickingAll(() => run('writeAcceptedFrontMatter'));
    const texts = await Promise.all([jobs, holes].map((uri) => vscode.workspace.openTextDocument(uri)));
    assert.match(texts[0]?.getText() ?? '', /^---\r?\ntags:\r?\n {2}- topic\/hiring\r?\n {2}- tone\/grateful\r?\n---/);
    assert.doesNotMatch(texts[1]?.getText() ?? '', /^---/, 'nobody has decided on it');
    await vscode.window.showTextDocument(jobs);
    await vscode.commands.executeCommand('undo');
  });

  it('exports decisions, and imports them as one step', async () => {
    const target = file('exported.jsonl');
    const told = await exportAs(2, target);
    assert.match(told.join(), /1 decided text of the label set “work” was written\./);
    const rows = JSON.parse(fs.readFileSync(target.fsPath, 'utf8')) as { text: string; true_labels: unknown }[];
    assert.ok((await vscode.workspace.openTextDocument(jobs)).getText().includes(rows[0]?.text ?? '-'));
    assert.deepEqual(rows[0]?.true_labels, {
      ...{ 'topic.hiring': 1, 'topic.security vulnerability': 0, 'topic.billing and invoices': 0 },
      'tone.grateful': 1,
    });
    await exportAs(0, target);
    const lines = fs.readFileSync(target.fsPath, 'utf8').trim().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /"path":"notes\/hiring.md","set":"work","label":"tone.grateful","verdict":"added"/);
    await run('takeBack', row(jobs));
    assert.deepEqual(await decided(jobs), ['topic.hiring']);
    await messagesOf(() => whileAsked('showOpenDialog', [target], () => run('importDecisions')));
    assert.deepEqual(await decided(jobs), ['topic.hiring accepted', 'tone.grateful added']);
    fs.rmSync(target.fsPath);
  });

  it('exports decided parts of files as training rows, and says which texts it could not write', async () => {
    const [table, lines, target] = [file('table.csv'), file('decided.jsonl'), file('rows.json')];
    const of = (path: string, text: string) => ({
      ...{ path, set: 'work', label: 'tone.grateful', verdict: 'accepted', decided: '2026-01-01T00:00:00.000Z' },
      text: createHash('sha256').update(text).digest('hex'),
    });
    const decisions = [of('table.csv#row-3', 'Many thanks!'), of('table.csv#row-4', 'Old.'), of('gone.md', 'x')];
    fs.writeFileSync(table.fsPath, 'id,text\n1,Hello\n2,Many thanks!\n3,New.\n');
    fs.writeFileSync(lines.fsPath, decisions.map((one) => JSON.stringify(one)).join('\n'));
    await messagesOf(() => whileAsked('showOpenDialog', [lines], () => run('importDecisions')));
    await withSettings({ split: { '*.csv': 'csv: text' } }, async () => {
      const [told] = await exportAs(1, target);
      assert.match(told ?? '', /^2 decided texts .* Not written: .* \(the log has all 2\)\.$/);
    });
    const rows = JSON.parse(fs.readFileSync(target.fsPath, 'utf8')) as unknown[];
    assert.deepEqual(rows[1], { text: 'Many thanks!', all_labels: ['tone.grateful'], true_labels: ['tone.grateful'] });
    await run('undoDecision');
    for (const { fsPath } of [table, lines, target]) fs.rmSync(fsPath);
  });

  it('keeps the same as lines in the workspace, and takes what others write there', async () => {
    const shared = file('shared.jsonl');
    const read = () => (fs.existsSync(shared.fsPath) ? fs.readFileSync(shared.fsPath, 'utf8') : '');
    await withSettings({ 'decisions.file': './shared.jsonl', 'decisions.author': 'Ann' }, async () => {
      await until('the file is written', () => read().split('\n').length === 3);
      await run('acceptTag', row(invoice, billing));
      await until('the step is in it', () => read().includes('"path":"invoice.txt"'));
      const line = read()
        .split('\n')
        .find((one) => one.includes('invoice.txt'));
      assert.match(line ?? '', /"by":"Ann"/);
      const other = (line ?? '').replace('"accepted"', '"rejected"').replace('"Ann"', '"Ben"');
      fs.writeFileSync(shared.fsPath, `${read()}${other}\n`);
      await until('people differ', () => {
        const documents = messagesOfType('documents').flatMap((message) => message.documents);
        const last = documents.findLast(({ id }) => id === invoice.toString());
        return [...(last?.tags ?? []), ...(last?.rejected ?? [])].some(({ conflict }) => conflict === true);
      });
      await run('takeBack', row(invoice, billing));
      await until('what was taken back is gone from the file', () => !read().includes('invoice.txt'));
      const messages = await messagesOf(async () => {
        fs.writeFileSync(shared.fsPath, `${read()}no line\n`);
        await until('it was looked at', () => read().includes('no line'));
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      });
      assert.equal(messages.length, 1, 'one message, whatever happens meanwhile');
      assert.match(messages[0] ?? '', /shared\.jsonl cannot be used\. Line 3/);
      assert.ok(read().endsWith('no line\n'), 'nothing is overwritten');
    });
    fs.rmSync(shared.fsPath);
  });

  it('takes labels that were given elsewhere, and says what it does not take', async () => {
    const target = file('given.jsonl');
    const text = fs.readFileSync(invoice.fsPath, 'utf8');
    const rows = [{ text, true_labels: ['tone.grateful'], all_labels: ['tone.grateful'] }, { text: '' }];
    fs.writeFileSync(target.fsPath, rows.map((one) => JSON.stringify(one)).join('\n'));
    const messages = await messagesOf(() => whileAsked('showOpenDialog', [target], () => run('importDecisions')));
    assert.match(messages[0] ?? '', /^Taken for the label set “work”: 1 decision on 1 text\. Not taken: line 2 /);
    assert.deepEqual(await decided(invoice), ['topic.billing and invoices', 'tone.grateful added']);
    await run('undoDecision');
    fs.rmSync(target.fsPath);
  });

  it('follows a file that is renamed, by another program too', async () => {
    const [away, moved] = [file('notes/crew.md'), file('notes/people.md')];
    fs.renameSync(jobs.fsPath, away.fsPath);
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
    await until('the new row has its decisions', async () => (await decided(away)).includes('topic.hiring accepted'));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(away, moved);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the row has its decisions', async () => (await decided(moved)).includes('topic.hiring accepted'));
  });

  it('is not undone with the stored tags', async () => {
    const asked = await whileAsked('showWarningMessage', 'Delete', () => run('forgetTags'));
    assert.equal(asked.length, 1);
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
    assert.deepEqual(await decided(file('notes/people.md')), ['topic.hiring accepted', 'tone.grateful added']);
    await run('rejectTag', row(holes, security));
    assert.deepEqual(await decided(holes), ['not topic.security vulnerability']);
    assert.ok(grateful > 0);
  });
});
