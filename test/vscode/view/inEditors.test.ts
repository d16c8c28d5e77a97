// What is shown in editors and the explorer, and the commands that lead to documents, settings and the log.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, file, rowOf, show } from '../support/extension';
import { messagesOf } from '../support/messages';
import { picking } from '../support/picking';
import { type, withQuickPick } from '../support/quickPick';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

describe('Go to File by Tag', () => {
  const goTo = () => vscode.commands.executeCommand('glitag.goToFileByTag');

  before(() => vscode.commands.executeCommand('glitag.tagWorkspace'));
  afterEach(closeEditors);

  it('lists the labels that documents have, then the files that match and, or and not', async () => {
    await withQuickPick(goTo, async (pick) => {
      const labels = pick.items.map(({ label }) => label);
      assert.ok(labels.includes('topic.hiring') && labels.includes('topic.security vulnerability'), labels.join());
      assert.deepEqual(await type(pick, 'security vulnerability hiring'), ['No document matches']);
      const either = await type(pick, 'security vulnerability or hiring');
      assert.ok(either.includes('notes/security.md') && either.includes('notes/hiring.md'), either.join());
      const others = await type(pick, 'topic -hiring');
      assert.ok(others.includes('notes/security.md') && others.includes('invoice.txt'), others.join());
      assert.ok(!others.includes('notes/hiring.md'));
      assert.deepEqual(await type(pick, 'nonsense'), ['No document matches']);
      assert.equal((await type(pick, 'topic (secur'))[0], 'topic.security vulnerability');
      assert.equal(pick.items[0]?.description, 'complete');
      assert.ok((await type(pick, 'topic and')).includes('notes/hiring.md'));
    });
  });

  it('opens the file that is picked', async () => {
    await withQuickPick(goTo, async (pick) => {
      const listed = await type(pick, 'security vulnerability');
      const at = listed.indexOf('notes/security.md');
      assert.ok(at >= 0, listed.join());
      pick.activeItems = pick.items.slice(at, at + 1);
      // The workbench takes over the list and the active item in its own time.
      await until('the file is opened', async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return vscode.window.activeTextEditor?.document.uri.toString() === file('notes/security.md').toString();
      });
    });
  });
});

describe('in editors and the explorer', () => {
  afterEach(closeEditors);

  it('the tags of the sections stand above them where the user wants that', async () => {
    const document = await vscode.workspace.openTextDocument(file('weekly.md'));
    await show(document);
    const lenses = async (id = 'glitag.showInView') => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return all.filter(({ command }) => command?.command === id);
    };
    await withSettings({ chunkTokens: 48 }, async () => {
      await vscode.commands.executeCommand('glitag.classifyFile', document.uri, [document.uri]);
      assert.deepEqual(await lenses(), []);
      await withSettings({ codeLens: true }, async () => {
        const shown = (await lenses()).map(({ range, command }) => ({ line: range.start.line, title: command?.title }));
        const at = (part: string) => shown.find(({ title }) => title?.includes(part))?.line ?? -1;
        assert.ok(
          at('billing') >= 0 && at('billing') < at('hiring') && at('hiring') < at('security'),
          JSON.stringify(shown),
        );
        const [reject] = await lenses('glitag.rejectTag');
        assert.ok(reject?.command, 'the document has a tag that nobody has decided on');
        const label = reject.command.tooltip?.replace('Reject ', '') ?? '';
        const named = async () => (await lenses()).some(({ command }) => command?.title.includes(label));
        assert.ok(await named());
        await vscode.commands.executeCommand(
          reject.command.command,
          ...((reject.command.arguments ?? []) as unknown[]),
        );
        assert.ok(!(await named()), 'what is rejected is no tag of its section any more');
        await vscode.commands.executeCommand('glitag.undoDecision');
        assert.ok(await named());
      });
      assert.deepEqual(await lenses(), []);
    });
  });

  it('a badge names the best tag of a file where the user wants that', async () => {
    const later = file('notes/badge.md');
    const providers = new Set<vscode.FileDecorationProvider>();
    const window = vscode.window as unknown as {
      registerFileDecorationProvider: (provider: vscode.FileDecorationProvider) => vscode.Disposable;
    };
    const before = window.registerFileDecorationProvider;
    window.registerFileDecorationProvider = (provider) => {
      providers.add(provider);
      const registration = before.call(vscode.window, provider);
      return vscode.Disposable.from(registration, new vscode.Disposable(() => providers.delete(provider)));
    };
    try {
      const uri = file('notes/security.md');
      await vscode.commands.executeCommand('glitag.classifyFile', uri, [uri]);
      await withSettings({ badges: true }, async () => {
        const [provider] = providers;
        assert.ok(provider, 'the setting registers the badges');
        const token = new vscode.CancellationTokenSource().token;
        const badge = await provider.provideFileDecoration(uri, token);
        assert.match(badge?.tooltip ?? '', /^topic\.security vulnerability, score 0\.\d\d$/);
        assert.match(badge?.badge ?? '', /^\p{L}{1,2}$/u);
        assert.equal(await provider.provideFileDecoration(file('nowhere.md'), token), undefined);
        // The explorer asks again for what was tagged since.
        const told: string[] = [];
        provider.onDidChangeFileDecorations?.((uris) => told.push(...[uris ?? []].flat().map(String)));
        await vscode.workspace.fs.copy(uri, later);
        await vscode.commands.executeCommand('glitag.classifyFile', later, [later]);
        assert.ok(told.includes(later.toString()), told.join());
      });
      assert.equal(providers.size, 0);
    } finally {
      window.registerFileDecorationProvider = before;
      await vscode.workspace.fs.delete(later);
    }
  });
});

describe('from the status bar', () => {
  afterEach(closeEditors);

  it('the menu leads to the commands', async () => {
    const offered = await picking('', () => vscode.commands.executeCommand('glitag.showMenu'));
    for (const title of ['Choose Label Set', 'Tag Workspace', 'Open Settings', 'Show Log'])
      assert.ok(offered.includes(title), offered.join());
  });

  it('the settings open', async () => {
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.openSettings')), []);
    await until('the tab is there', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Settings');
  });

  it('the log opens', async () => {
    assert.deepEqual(await messagesOf(() => vscode.commands.executeCommand('glitag.showLog')), []);
    await until('the log is there', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output'),
    );
  });
});

describe('Tag Folder', () => {
  it('tags what is in the folder, and nothing beside it', async () => {
    const [inside, beside] = [file('below/deep/inside.md'), file('beside.md')];
    const text = new TextEncoder().encode('An attacker can read passwords with SQL injection.\n');
    for (const uri of [inside, beside]) await vscode.workspace.fs.writeFile(uri, text);
    try {
      const tag = () => vscode.commands.executeCommand('glitag.tagFolder', file('below'), [file('below')]);
      assert.deepEqual(await messagesOf(tag), []);
      assert.deepEqual(
        (await rowOf(inside))?.tags.map(({ label }) => label),
        ['topic.security vulnerability'],
      );
      assert.equal(await rowOf(beside), undefined);
    } finally {
      await vscode.workspace.fs.delete(beside);
      await vscode.workspace.fs.delete(file('below'), { recursive: true });
    }
  });
});
