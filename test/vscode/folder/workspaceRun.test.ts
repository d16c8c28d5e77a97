// A run over the folder keeps tags; commands find, copy, export and write them; file events keep them right.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { run, whileAsked } from '../support/deciding';
import { api, closeEditors, file, rowOf, show, tagsOf } from '../support/extension';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { type, withQuickPick } from '../support/quickPick';
import { withSettings } from '../support/settings';
import { tickingAll } from '../support/tickingAll';
import { until } from '../support/until';
import { fromPage, lastState, notesOf } from '../support/viewMessages';

const read = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
const billing = 'The invoice shows a charge of 420 EUR twice. Please refund the duplicate payment.\n';
const security = 'An attacker can read passwords with SQL injection; we are preparing a security advisory.\n';

const exists = async (uri: vscode.Uri) =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

describe('a run over the folder', () => {
  before(async () => {
    await closeEditors();
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), []);
  });
  afterEach(closeEditors);

  it('tags the documents and says why others have no tags', async () => {
    assert.deepEqual(await tagsOf(file('invoice.txt')), ['topic.billing and invoices']);
    assert.deepEqual(await tagsOf(file('notes/security.md')), ['topic.security vulnerability']);
    assert.match((await rowOf(file('empty.md')))?.skipped ?? '', /no text/i);
  });

  it('leaves out what ignore files name', async () => {
    const row = await rowOf(file('ignored/hidden.txt'));
    assert.ok(row === undefined || row.skipped !== undefined);
  });

  it('takes up a new document in the next run, and a folder by itself', async () => {
    const added = file('notes/added.md');
    await write(added, billing);
    await run('tagFolder', file('notes'), [file('notes')]);
    assert.deepEqual(await tagsOf(added), ['topic.billing and invoices']);
    await vscode.workspace.fs.delete(added);
    await run('tagWorkspace');
    assert.equal(await rowOf(added), undefined);
  });

  it('tags untitled documents too, and forgets them when they are closed', async () => {
    const document = await vscode.workspace.openTextDocument({ content: billing });
    await show(document);
    await run('tagWorkspace');
    assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
    await closeEditors();
    await until('the row is gone', async () => (await rowOf(document.uri)) === undefined);
  });

  it('uses the text of the editor where a document has unsaved changes', async () => {
    const uri = file('notes/dirty.md');
    await write(uri, billing);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await show(document);
    await editor.edit((edit) => {
      edit.replace(new vscode.Range(0, 0, 1, 0), security);
    });
    await run('tagWorkspace');
    assert.deepEqual(await tagsOf(uri), ['topic.security vulnerability']);
    await closeEditors();
    await vscode.workspace.fs.delete(uri);
  });

  it('keeps tags of renamed documents, and forgets deleted ones', async () => {
    const before = file('moved-from.md');
    const after = file('moved-to.md');
    await write(before, billing);
    await run('tagWorkspace');
    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(before, after);
    assert.equal(await vscode.workspace.applyEdit(rename), true);
    await until('the tags are at the new name', async () => (await rowOf(after)) !== undefined);
    assert.deepEqual(await tagsOf(after), ['topic.billing and invoices']);
    assert.equal(await rowOf(before), undefined);
    const remove = new vscode.WorkspaceEdit();
    remove.deleteFile(after);
    assert.equal(await vscode.workspace.applyEdit(remove), true);
    await until('the document is gone', async () => (await rowOf(after)) === undefined);
  });

  it('shows a saved document as stale, or tags it again where the user wants that', async () => {
    const uri = file('saved.md');
    await write(uri, billing);
    await run('tagWorkspace');
    const document = await vscode.workspace.openTextDocument(uri);
    const change = async (text: string) => {
      const editor = await show(document);
      await editor.edit((edit) => {
        edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text);
      });
      assert.equal(await document.save(), true);
    };
    await change(security);
    await until('the row is stale', async () => (await rowOf(uri))?.stale === true);
    await withSettings({ tagOnSave: true }, async () => {
      await change(`${security}\nThe advisory has a CVE number.\n`);
      await until('the row has the tags of the new text', async () => {
        const row = await rowOf(uri);
        return row?.stale === false && row.tags[0]?.label === 'topic.security vulnerability';
      });
    });
    await closeEditors();
    await vscode.workspace.fs.delete(uri);
  });

  it('is scored anew from what is kept when the labels change, and comes back with them', async () => {
    await withSettings({ activeLabelSet: 'mood' }, async () => {
      await run('tagWorkspace');
      assert.equal((await rowOf(file('invoice.txt')))?.tags.length, 1);
    });
    await until(
      'the tags are back',
      async () => (await rowOf(file('invoice.txt')))?.tags[0]?.label === 'topic.billing and invoices',
    );
    assert.deepEqual(await tagsOf(file('invoice.txt')), ['topic.billing and invoices']);
  });
});

describe('a long run', () => {
  const folder = file('many');
  /** More than a fast machine classifies between two looks of this test. */
  const count = 500;
  const rows = async () => (await api()).documents().filter(({ id }) => id.startsWith(`${folder.toString()}/`)).length;

  before(async () => {
    await run('tagWorkspace');
    for (let at = 0; at < count; at++) {
      const text = `${at % 2 === 0 ? billing : security}Case ${at}, seen on day ${at % 28}.\n`.repeat(4);
      await write(vscode.Uri.joinPath(folder, `${at}.md`), text);
    }
  });
  after(async () => {
    await run('stopRun');
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await until('no run is left', async () => (await messagesOf(() => run('tagWorkspace'))).length === 0);
    assert.equal(await rows(), 0);
  });

  it('pauses, goes on, stops, and is finished by the next one', async () => {
    const first = run('tagFolder', folder, [folder]);
    await until('the first tags are there', async () => (await rows()) > 0);
    await run('pauseRun');
    // What is at the model when the run pauses is still finished.
    let last = -1;
    await until('nothing new comes', async () => {
      const now = await rows();
      const still = now === last;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return still;
    });
    assert.ok(last < count, 'the run was over before it could be paused');
    await run('resumeRun');
    await until('more tags come', async () => (await rows()) > last);
    await run('stopRun');
    assert.deepEqual(await messagesOf(() => first), []);
    // The disk is looked at first.
    await until('the view says what is left', () => notesOf('run')[0]?.action === 'Continue', 45_000);
    const [left] = notesOf('run');
    assert.match(left?.text ?? '', new RegExp(`^${count - (await rows())} of \\d+ not tagged yet:$`));
    fromPage({ type: 'act', note: left?.id ?? '' });
    await until('all are tagged', async () => (await rows()) === count, 60_000);
    await until('the view says what was done', () =>
      /^Done in .* tagged, \d+ reused/.test(notesOf('run')[0]?.text ?? ''),
    );
  });

  it('refuses a second run while it goes on', async () => {
    const first = run('tagWorkspace');
    assert.deepEqual(await messagesOf(() => run('tagWorkspace')), [
      'A run is going on already. Stop it, or wait for its end.',
    ]);
    await first;
  });
});

describe('what a run did', () => {
  it('is told until the labels are others', async () => {
    const told = () => notesOf('run')[0]?.text.startsWith('Done in ') === true;
    await run('tagWorkspace');
    await until('it is told', told);
    await withSettings({ activeLabelSet: 'mood' }, async () => {
      await until('it is told no more', () => lastState()?.labelSetName === 'mood' && !told());
    });
    await until('the labels are back', () => lastState()?.labelSetName === 'work');
  });
});

interface ExportedLine {
  readonly path: string;
  readonly tags: readonly { readonly label: string; readonly start: number; readonly end: number }[];
}

/** What “Export Tags…” writes as JSON Lines of the one document that this search finds. */
async function exportedLines(search: string): Promise<ExportedLine[]> {
  const target = file('export.jsonl');
  await whileAsked('showSaveDialog', target, () =>
    picking('JSON Lines', () =>
      withQuickPick(
        () => run('exportTags'),
        async (pick) => {
          assert.match(pick.items.map(({ label }) => label).join(), /^Export \d+ documents$/);
          assert.deepEqual(await type(pick, search), ['Export 1 document']);
          await until('the item is taken', async () => {
            await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
            return exists(target);
          });
        },
      ),
    ),
  );
  const lines = (await read(target))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ExportedLine);
  await closeEditors();
  await vscode.workspace.fs.delete(target);
  return lines;
}

describe('tags in use', () => {
  before(() => run('tagWorkspace'));
  afterEach(closeEditors);

  it('are copied', async () => {
    await run('copyTags', file('invoice.txt'), [file('invoice.txt')]);
    assert.equal(await vscode.env.clipboard.readText(), 'topic.billing and invoices');
    await run('copyTags', file('invoice.txt'), [file('invoice.txt'), file('notes/hiring.md')]);
    assert.equal(
      await vscode.env.clipboard.readText(),
      'invoice.txt: topic.billing and invoices\nnotes/hiring.md: topic.hiring',
    );
  });

  it('are not copied from a document that has none yet; the message offers to classify it', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'new' });
    await show(document);
    assert.deepEqual(await messagesOf(() => run('copyTags')), [
      'These documents have not been tagged with this label set yet.',
    ]);
  });

  it('are exported as JSON Lines', async () => {
    const lines = await exportedLines('billing and invoices -@path:notes -@path:weekly');
    assert.deepEqual(
      lines.map(({ path }) => path),
      ['invoice.txt'],
    );
    const [invoice] = lines;
    assert.deepEqual(
      invoice?.tags.map(({ label }) => label),
      ['topic.billing and invoices'],
    );
    const { start, end } = invoice.tags[0] ?? { start: 0, end: 0 };
    assert.ok(start >= 0 && end > start);
  });

  it('of a selection are exported with their place in the document', async () => {
    const text = `${security}\n${billing}`;
    const document = await vscode.workspace.openTextDocument({ content: text });
    await show(document, [2, 2]);
    await run('classifySelection');
    const [line, ...others] = await exportedLines('@path:untitled');
    assert.deepEqual(others, []);
    const { label, start, end } = line?.tags[0] ?? { label: '', start: 0, end: 0 };
    assert.deepEqual([label, text.slice(start, end).trim()], ['topic.billing and invoices', billing.trim()]);
  });

  it('are written into front matter after a question, and undone', async () => {
    const uri = file('notes/hiring.md');
    const before = await read(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await show(document);
    const offered = await picking('Leave the document as it is', () => run('writeFrontMatter'));
    assert.deepEqual(offered, ['Write 1 tag', 'Leave the document as it is']);
    assert.equal(document.getText(), before);
    await picking('Write 1 tag', () => run('writeFrontMatter', uri));
    assert.match(document.getText(), /^---\r?\ntags:\r?\n {2}- topic\/hiring\r?\n---/);
    assert.equal(document.isDirty, true);
    await show(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    assert.equal(await read(uri), before);
  });

  it('are written in the style and under the key of the settings, and leave the document fresh', async () => {
    const uri = file('notes/hiring.md');
    const document = await vscode.workspace.openTextDocument(uri);
    await withSettings({ 'frontMatter.style': 'plain', 'frontMatter.key': 'keywords' }, () =>
      picking('Write 1 tag', () => run('writeFrontMatter', uri)),
    );
    assert.match(document.getText(), /^---\r?\nkeywords:\r?\n {2}- hiring\r?\n---/);
    await document.save();
    await until('its row stays fresh', async () => (await rowOf(uri))?.stale === false);
    await show(document);
    await vscode.commands.executeCommand('undo');
    await document.save();
  });

  it('are written into several documents through the refactor preview, and undone as one', async () => {
    const uris = [file('notes/hiring.md'), file('notes/security.md')];
    const before = await Promise.all(uris.map(read));
    const texts = async () =>
      Promise.all(uris.map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
    await tickingAll(() => run('writeFrontMatter', file('notes'), [file('notes')]));
    const after = await texts();
    assert.match(after[0] ?? '', /- topic\/hiring/);
    assert.match(after[1] ?? '', /- topic\/security-vulnerability/);
    await show(await vscode.workspace.openTextDocument(uris[0] ?? file('')));
    await vscode.commands.executeCommand('undo');
    await until('both are as they were', async () => (await texts()).every((text, at) => text === before[at]));
    await tickingAll(() => run('writeAllFrontMatter'));
    assert.deepEqual(await texts(), after);
    const nothing = await messagesOf(() => run('writeAllFrontMatter'));
    assert.match(nothing.join(), /nothing to write/);
    await vscode.commands.executeCommand('undo');
    await until('both are as they were', async () => (await texts()).every((text, at) => text === before[at]));
    await vscode.workspace.saveAll();
  });

  it('are not written where there are none, and it is said so', async () => {
    const strict = { ...labelSets, work: { ...labelSets.work, threshold: 1 } };
    await withSettings({ labelSets: strict }, async () => {
      const uri = file('notes/hiring.md');
      await run('classifyFile', uri, [uri]);
      const messages = await messagesOf(() => run('writeFrontMatter', uri));
      assert.deepEqual(messages, ['No label fits “notes/hiring.md”, so there are no tags to write.']);
    });
  });

  it('of an untitled document do not depend on its front matter', async () => {
    const head = '---\ntags: [todo]\n---\n';
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: head + billing });
    await show(document);
    await run('classifyFile');
    assert.deepEqual(await tagsOf(document.uri), ['topic.billing and invoices']);
    const replaceAll = async (text: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
      await vscode.workspace.applyEdit(edit);
    };
    await replaceAll(head + security);
    await until('its row is stale', async () => (await rowOf(document.uri))?.stale === true);
    await replaceAll(`---\ntags: [todo, other]\ntitle: x\n---\n${billing}`);
    await until('its row is fresh', async () => (await rowOf(document.uri))?.stale === false);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('are deleted when the user says so', async () => {
    const window = vscode.window as unknown as { showWarningMessage: () => Promise<string> };
    const before = window.showWarningMessage;
    window.showWarningMessage = () => Promise.resolve('Delete');
    try {
      await run('forgetTags');
    } finally {
      window.showWarningMessage = before;
    }
    await until('nothing is left', async () => (await api()).documents().length === 0);
    await run('tagWorkspace');
    assert.deepEqual(await tagsOf(file('invoice.txt')), ['topic.billing and invoices']);
  });
});
