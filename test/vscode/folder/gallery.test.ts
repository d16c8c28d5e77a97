// Label sets of the gallery, and sets out of what is in the folder, with the real model: chosen, saved and in use.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { gallery } from '../../../src/core/gallery/gallery';
import { parseLabelSets } from '../../../src/core/parseLabelSets';
import { labelSets } from '../suites';
import { answering } from '../support/answering';
import { api, closeEditors, file, show } from '../support/extension';
import { withQuickPick } from '../support/quickPick';
import { withSettings } from '../support/settings';
import { until } from '../support/until';

const written = () =>
  vscode.workspace.getConfiguration('glitag').inspect<Record<string, unknown>>('labelSets')?.globalValue ?? {};

describe('New Label Set from Gallery', () => {
  afterEach(closeEditors);

  it('shows the set with its scores on the open document, and saves it to be edited', async () => {
    await show(await vscode.workspace.openTextDocument(file('invoice.txt')));
    await withSettings(
      { labelSets: { ...labelSets, 'office documents': { labels: ['mine'] } }, activeLabelSet: 'work' },
      async () => {
        await answering({ picks: ['office documents', 'User settings'], input: 'papers' }, () =>
          withQuickPick(
            () => vscode.commands.executeCommand('glitag.newLabelSetFromGallery'),
            async (pick) => {
              const isScored = (name: string) => pick.items.some(({ label }) => label.endsWith(`  ${name}`));
              await until('the document has scores', () => isScored('invoice') && isScored('payment reminder'));
              assert.equal(pick.items.filter(({ description }) => description === 'tag').length, 1);
              const save = pick.items.find(({ label }) => label === 'Save this label set');
              assert.ok(save);
              pick.activeItems = [save];
              await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
              await until('it is in use', async () => (await api()).labelSets().includes('papers'));
            },
          ),
        );
        const entry = gallery.find(({ name }) => name === 'office documents')?.entry;
        assert.deepEqual(parseLabelSets({ papers: written()['papers'] }), parseLabelSets({ papers: entry }));
        // The user's own set of that name stays.
        assert.deepEqual(written()['office documents'], { labels: ['mine'] });
        assert.equal(vscode.workspace.getConfiguration('glitag').get('activeLabelSet'), 'papers');
      },
    );
  });

  it('is reached from "New Label Set"', async () => {
    const opened: string[] = [];
    const picked = answering({ picks: ['From the gallery', 'news topics'] }, () =>
      withQuickPick(
        () => vscode.commands.executeCommand('glitag.newLabelSet'),
        (pick) => {
          opened.push(pick.value);
          return Promise.resolve();
        },
      ),
    );
    await picked;
    assert.match(opened[0] ?? '', /^politics \(government/);
  });
});

describe('Suggest Label Set from Folders and Front Matter', () => {
  const names = ['garden/roses.md', 'garden/beans.md', 'kitchen/bread.md', 'kitchen/soup.md'];
  const texts = [
    '---\ntags: [flowers]\n---\nPrune the roses in March, and the garden is full of flowers in June.\n',
    'Sow the beans in May and water the garden in the evening.\n',
    '---\ntags: [flowers]\n---\nBake the bread in the kitchen for an hour.\n',
    'Boil the carrots for the soup on the kitchen stove.\n',
  ];

  before(async () => {
    for (const [at, name] of names.entries())
      await vscode.workspace.fs.writeFile(file(name), new TextEncoder().encode(texts[at]));
  });
  after(async () => {
    for (const name of ['garden', 'kitchen']) await vscode.workspace.fs.delete(file(name), { recursive: true });
  });

  it('offers words that are there, says what the model sees, and saves those that stay', async () => {
    await withSettings({ labelSets: { ...labelSets }, activeLabelSet: 'work' }, async () => {
      await answering(
        {
          picks: [['garden', 'kitchen', 'flowers'], ['garden', 'kitchen'], 'User settings'],
          input: 'home',
        },
        () => vscode.commands.executeCommand('glitag.suggestLabelSet'),
      );
      assert.deepEqual(written(), {
        ...labelSets,
        home: { labels: ['garden', 'kitchen'], mode: 'multi-label', threshold: 0.6 },
      });
      await until('it is in use', async () => (await api()).labelSets().includes('home'));
      assert.equal(vscode.workspace.getConfiguration('glitag').get('activeLabelSet'), 'home');
    });
  });
});
