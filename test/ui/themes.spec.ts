// The tree in every kind of theme, and in a narrow side bar: pictures to look at, and what must hold in each.
import path from 'node:path';
import { repositoryRoot } from '../host/locations';
import { expect, test, themes } from './workbenchTest';

const all = [...themes, { name: 'high-contrast-light', theme: 'Light High Contrast', kind: 'hc-light' }];

// The samples under the built-in label set: what a new user sees.
test.use({
  workspace: path.join(repositoryRoot(), 'samples/workspace'),
  settings: { 'editor.wordWrap': 'on', 'workbench.sideBar.location': 'left' },
});

test('the tree follows the theme and the width', async ({ workbench, tags, picture }) => {
  for (const file of ['issues/0430-crash-on-empty-csv.md', 'meetings/2026-03-20-hiring.md', 'contracts/nda.md']) {
    await workbench.openPath(file);
    await workbench.command('GLiTag: Classify File');
    await expect(tags.row(new RegExp(`^${file}`))).toBeVisible();
  }
  const score = tags.row(/, score 0\.\d\d, tag/).first();
  await expect(score).toBeVisible();
  await workbench.resizeSideBar(460);
  for (const { name, theme, kind } of all) {
    await workbench.chooseTheme(theme, kind);
    await expect(score).toBeVisible();
    await picture(`tree-${name}`);
  }
  await workbench.chooseTheme('Dark 2026', 'vs-dark');
  await workbench.resizeSideBar(240);
  await expect(score).toBeVisible();
  await picture('tree-narrow');
});
