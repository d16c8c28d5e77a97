// Mistakes in label sets: all of them, in the Problems panel at their place, in the view, and mended by quick fixes.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { labelSets } from '../suites';
import { closeEditors, file } from '../support/extension';
import { withSettings } from '../support/settings';
import { until } from '../support/until';
import { lastState, notesOf } from '../support/viewMessages';

const settingsFile = file('.vscode/settings.json');
const text = `{
  // for this project
  "glitag.labelSets": {
    "letters": { "labels": ["letter", 7], "treshold": 0.5 },
    "mail": { "labels": { "spam": { "descripton": "unwanted" } }, "mode": "single" },
    "fine": { "labels": ["a", "b"] }
  }
}
`;

/** What is underlined, with its severity. */
async function underlined(uri: vscode.Uri): Promise<string[]> {
  // As it is on the disk: the editor closes settings that nothing shows while they are being opened.
  const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).split(/\r?\n/u);
  return own(uri).map(({ range: { start, end }, severity }) => {
    const text = lines[start.line]?.slice(start.character, end.character) ?? '';
    return `${vscode.DiagnosticSeverity[severity]} ${text}`;
  });
}

function own(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'GLiTag');
}

describe('mistakes in label sets', () => {
  afterEach(closeEditors);

  it('of the workspace are told where they stand, of all sets, and go with a quick fix', async () => {
    await vscode.workspace.fs.writeFile(settingsFile, new TextEncoder().encode(text));
    try {
      await until('all are told', () => own(settingsFile).length === 4);
      assert.deepEqual((await underlined(settingsFile)).sort(), [
        'Error "single"',
        'Error 7',
        'Warning "descripton"',
        'Warning "treshold"',
      ]);
      await until('the view says them', () => notesOf('mistakes').length === 4);
      assert.equal(notesOf('mistakes')[0]?.action, 'Open Settings');

      const document = await vscode.workspace.openTextDocument(settingsFile);
      await vscode.window.showTextDocument(document);
      for (let left = own(settingsFile).length; left > 0; left--) {
        const [first] = own(settingsFile);
        assert.ok(first);
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          settingsFile,
          first.range,
        );
        const fix = actions.find(({ edit }) => edit?.get(settingsFile)[0]?.range.isEqual(first.range));
        assert.ok(fix?.edit, first.message);
        await vscode.workspace.applyEdit(fix.edit);
        await until('one less is told, before it is saved', () => own(settingsFile).length < left);
      }
      assert.ok(await document.save());
      await until('the view says none', () => notesOf('mistakes').length === 0);
      assert.match(document.getText(), /for this project[^]*"threshold": 0.5[^]*"description": "unwanted"/);
    } finally {
      // Emptied, not deleted: the document of a file that is gone counts as unsaved settings.
      await vscode.workspace.fs.writeFile(settingsFile, new TextEncoder().encode('{}'));
    }
    await until('the set is the user’s again', () => lastState()?.labelSetName === 'work');
  });

  it('that are many are told in a few lines, errors first, and the rest as a number', async () => {
    const broken = Object.fromEntries([1, 2, 3, 4, 5, 6].map((name) => [`set ${name}`, { labels: ['letter', 7] }]));
    const slip = { labels: ['letter'], treshold: 0.5 };
    await withSettings({ labelSets: { slip, ...labelSets, ...broken } }, async () => {
      await until('the view says them', () => notesOf('mistakes').length > 0);
      const told = notesOf('mistakes');
      assert.deepEqual(
        told.map(({ severity }) => severity),
        ['error', 'error', 'error', 'error', 'warning'],
      );
      assert.deepEqual([told.at(-1)?.text, told.at(-1)?.action], ['3 more mistakes in label sets.', 'Show Problems']);
    });
    await until('the view says none', () => notesOf('mistakes').length === 0);
  });

  it('of the user are told in the user’s own settings', async () => {
    await withSettings({ labelSets: { ...labelSets, letters: { labels: ['letter', 7] } } }, async () => {
      const told = () =>
        vscode.languages
          .getDiagnostics()
          .filter(([, all]) => all.some(({ source }) => source === 'GLiTag'))
          .map(([uri]) => uri);
      await until('it is told', () => told().length === 1);
      const [uri] = told();
      assert.ok(uri);
      assert.match(uri.path, /\/User\/settings\.json$/);
      await until('it alone is underlined', async () => isDeepStrictEqual(await underlined(uri), ['Error 7']));
    });
    await until('none is told', () => vscode.languages.getDiagnostics().every(([uri]) => own(uri).length === 0));
  });
});
