// Restricted Mode: what the workspace says about programs and models is not believed; its label sets are data.
import { expect, fixture, test } from './workbenchTest';

test.use({ workspace: fixture('untrusted'), settings: {}, workspaceTrust: true });

test('classifies with the own model and Node in an untrusted folder', async ({ workbench, tags, picture }) => {
  await expect(workbench.statusBar).toContainText('Restricted Mode');
  await workbench.openFile('invoice.txt');
  await workbench.command('GLiTag: Classify File');
  // The folder's label set, but not its model and its Node, which do not exist.
  await expect(tags.row(/^invoice\.txt/)).toBeVisible();
  await expect(tags.row(/^invoice, score 0\.\d\d, tag/)).toBeVisible();
  // It may name a model, but not say what the name means.
  await expect(tags.note(/“lured”: this machine knows no model “own”/)).toBeVisible();
  expect(await workbench.notifications()).toEqual([]);
  await picture('restricted');
});

test('chooses no model there, and says why', async ({ workbench }) => {
  await expect(workbench.statusBar).toContainText('Restricted Mode');
  await workbench.command('GLiTag: Choose Model');
  await expect
    .poll(() => workbench.notifications())
    .toContainEqual(expect.stringContaining('chooses and installs them only in workspaces that you trust'));
});

test('trains no model there, and the palette does not offer it', async ({ workbench }) => {
  await expect(workbench.statusBar).toContainText('Restricted Mode');
  // Once the palette knows the extension's commands.
  await workbench.command('GLiTag: Show Log');
  // The log takes the focus when it is there, which would close the palette.
  await expect(workbench.page.locator('.part.panel .monaco-editor.focused')).toBeVisible();
  const own = await workbench.palette('GLiTag: Train a Model on My Decisions');
  await expect(own.first()).toBeVisible();
  await expect(own.filter({ hasText: 'GLiTag: Train a Model' })).toHaveCount(0);
});
