// Questions find passages in the index and in open documents; search results come in the order of a sentence; answers are opened,
// copied, asked again and closed.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answering } from '../support/answering';
import { run, whileAsked } from '../support/deciding';
import { closeEditors, file, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { type, withQuickPick } from '../support/quickPick';
import { until } from '../support/until';

const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
const security = 'How can an attacker read passwords?';

/** Types the question and chooses it; resolves when the answer is there. */
async function ask(question: string): Promise<string[]> {
  const asked = () =>
    withQuickPick(
      () => run('findPassages'),
      async (pick) => {
        await type(pick, question);
        let isOpen = true;
        pick.onDidHide(() => (isOpen = false));
        await until('the question is chosen', async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
          return !isOpen;
        });
      },
    );
  return messagesOf(asked);
}

const rerank = (words: string, sentence: string) =>
  messagesOf(() => answering({ picks: [], input: [words, sentence] }, () => run('rerankSearch')));

/** The passage that is selected in the view: the best one of the last answer. */
async function copied(): Promise<string> {
  await vscode.env.clipboard.writeText('');
  await until('a passage is selected in the view', async () => {
    await run('copyAnswer');
    return (await vscode.env.clipboard.readText()) !== '';
  });
  return vscode.env.clipboard.readText();
}

/** The best passage of the answer that was asked for last is this one. */
function copies(passage: RegExp): Promise<void> {
  return until(`the passage ${String(passage)} is copied`, async () => passage.test(await copied()));
}

function selected(): { readonly name: string; readonly text: string } {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  return {
    name: vscode.workspace.asRelativePath(editor.document.uri),
    text: editor.document.getText(editor.selection),
  };
}

describe('Find Passages', () => {
  before(async () => {
    await closeEditors();
    await whileAsked('showWarningMessage', 'Delete', () => run('forgetTags'));
  });
  after(async () => {
    await run('clearAnswers');
    await closeEditors();
  });

  it('offers to tag the workspace first, where nothing is open', async () => {
    const [message, ...more] = await ask(security);
    assert.match(message ?? '', /has not been tagged yet/);
    assert.deepEqual(more, []);
  });

  it('reads open documents before anything is tagged', async () => {
    await show(
      await vscode.workspace.openTextDocument({ content: 'Rain fell.\n\nThe thief guessed all passwords at night.' }),
    );
    const [message] = await ask(security);
    assert.match(message ?? '', /open documents only/);
    assert.equal(await copied(), 'The thief guessed all passwords at night.');
    await closeEditors();
  });

  it('finds the passage in the whole workspace, opens it selected, and to the side', async () => {
    await run('tagWorkspace');
    assert.deepEqual(await ask(security), []);
    await copies(/attacker can read other/);
    await run('openAnswer');
    assert.equal(selected().name, 'notes/security.md');
    assert.equal(selected().text, await copied());
    await run('openAnswerToSide');
    assert.equal(vscode.window.tabGroups.all.length, 2);
    assert.equal(selected().text, await copied());
    await closeEditors();
  });

  it('steps through the passages that are marked', async () => {
    await ask(`${security} @path:security`);
    await copies(/attacker/);
    await run('openAnswer');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const first = editor.selection;
    await run('nextPassage');
    assert.ok(!editor.selection.isEmpty && !editor.selection.isEqual(first));
    await run('previousPassage');
    assert.ok(editor.selection.isEqual(first));
    await closeEditors();
  });

  it('looks only where labels and paths say', async () => {
    await ask(`${security} @label:hiring`);
    await copies(/interviews|candidate/);
    await run('openAnswer');
    assert.equal(selected().name, 'notes/hiring.md');
    assert.deepEqual(await ask(`${security} @path:nowhere/`), ['No document matches “@path:nowhere/”.']);
  });

  it('remembers questions, and offers what is selected first', async () => {
    await show(await vscode.workspace.openTextDocument({ content: 'lost luggage' }), [0, 0]);
    await withQuickPick(
      () => run('findPassages'),
      (pick) => {
        const labels = pick.items.map(({ label }) => label);
        assert.equal(labels[0], 'lost luggage');
        assert.ok(labels.indexOf(`${security} @path:nowhere/`) === 1, labels.join());
        assert.ok(labels.includes(security));
        return Promise.resolve();
      },
    );
    await closeEditors();
  });

  it('reads what is not saved yet, and finds a passage again that has moved', async () => {
    const uri = file('notes/moving.md');
    await write(uri, 'The museum opens at nine.\n');
    await run('tagWorkspace');
    const editor = await show(await vscode.workspace.openTextDocument(uri));
    const edit = (text: string, at: vscode.Range | vscode.Position) =>
      editor.edit((builder) => {
        builder.replace(at, text);
      });
    await edit('The telescope shows the rings of Saturn.\n', new vscode.Range(0, 0, 1, 0));
    await ask('What can be seen in the night sky?');
    await copies(/rings of Saturn/);
    await edit('First line.\n\n', new vscode.Position(0, 0));
    await run('openAnswer');
    assert.deepEqual(selected(), { name: 'notes/moving.md', text: 'The telescope shows the rings of Saturn.' });
    await edit('Gone.', new vscode.Range(0, 0, 9, 0));
    const [message] = await messagesOf(() => run('openAnswer'));
    assert.match(message ?? '', /notes\/moving\.md.*has changed/);
    await edit('All the rings of Saturn again.', new vscode.Range(0, 0, 9, 0));
    await run('askAgain');
    await copies(/^All the rings of Saturn again\.$/);
    await closeEditors();
    await vscode.workspace.fs.delete(uri);
  });

  it('says where a document is gone', async () => {
    const uri = file('notes/going.md');
    await write(uri, 'The telescope shows the rings of Saturn.\n');
    await run('tagWorkspace');
    await ask('What can be seen in the night sky?');
    await copies(/rings of Saturn/);
    await vscode.workspace.fs.delete(uri);
    assert.deepEqual(await messagesOf(() => run('openAnswer')), ['“notes/going.md” is not there any more.']);
  });

  it('closes the answer whose passage is selected, and all', async () => {
    await ask(security);
    await copies(/attacker/);
    await run('closeAnswer');
    await run('clearAnswers');
    await vscode.env.clipboard.writeText('untouched');
    await run('copyAnswer');
    await run('openAnswer');
    assert.equal(await vscode.env.clipboard.readText(), 'untouched');
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});

describe('Re-rank Search Results', () => {
  after(async () => {
    await run('clearAnswers');
    await closeEditors();
  });

  it('puts the hit first that the sentence is about', async () => {
    assert.deepEqual(await rerank('second', 'a job offer'), []);
    await copies(/offer to the second candidate/);
    assert.deepEqual(await rerank('/passwords?|refund/', 'money comes back to the customer'), []);
    await copies(/refund/);
  });

  it('takes case as it is where there are capitals, and leaves out what is ignored', async () => {
    const ignored = file('ignored/search.txt');
    await write(ignored, 'Zanzibar is warm.');
    assert.deepEqual(await rerank('Zanzibar', 'weather'), ['The search for “Zanzibar” found nothing.']);
    assert.deepEqual(await rerank('SQL INJECTION', 'weather'), ['The search for “SQL INJECTION” found nothing.']);
    await vscode.workspace.fs.delete(ignored);
  });

  it('says what is no regular expression', async () => {
    const [message] = await rerank('/(/', 'weather');
    assert.match(message ?? '', /no regular expression/);
  });
});
