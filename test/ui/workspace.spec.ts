// "Tag Workspace" as a user sees it: progress, the tree by file, folder and label, badges in the explorer.
import path from 'node:path';
import { repositoryRoot } from '../host/locations';
import { expect, test } from './workbenchTest';

test.use({
  workspace: path.join(repositoryRoot(), 'samples/workspace'),
  settings: { 'glitag.badges': true, 'editor.wordWrap': 'on' },
});

test('Tag Workspace: progress, groups, badges', async ({ workbench, tags, picture }) => {
  await workbench.command('GLiTag: Tag Workspace');
  await expect(workbench.statusBar).toContainText(/[1-9]\d* of \d+/);
  await picture('progress');
  await expect(tags.row(/^issues\/0412-login-loop\.md/)).toBeVisible();
  await expect(workbench.statusBar).not.toContainText(/\d of \d/, { timeout: 90_000 });
  await picture('workspace-by-file');

  await workbench.command('GLiTag: Group by Folder');
  await expect(tags.row(/^meetings, folder, 4 documents/)).toBeVisible();
  await picture('workspace-by-folder');
  await workbench.command('GLiTag: Group by Label');
  await expect(tags.row(/^topic, \d+ documents, average score 0\.\d\d/)).toBeVisible();
  await picture('workspace-by-label');

  await workbench.showView('Explorer');
  await workbench.file('issues').click();
  await expect.poll(async () => (await workbench.decoration('0412-login-loop.md')).badge).not.toBeNull();
  await picture('badges');
});
