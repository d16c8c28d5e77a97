// A document of statements becomes a table of answers, read and opened by keyboard.
import fs from 'node:fs';
import path from 'node:path';
import { AnswersTree } from './answersTree';
import { expect, testOnSamples as test } from './workbenchTest';

test.use({ settings: { 'editor.wordWrap': 'on' } });
test.setTimeout(300_000);

const statements = [
  '# Before the board meeting',
  '',
  '- The obligations of confidentiality end with the agreement.',
  '- Restoring the database takes about forty minutes.',
  '- We make an offer to candidate B.',
  '- The office has a table football.',
  '',
].join('\n');

test('statements are checked against the workspace', async ({ workbench, tags, page, picture, folder }) => {
  const answers = new AnswersTree(workbench, page);
  const restoring = answers.row(/^Restoring the database takes about forty minutes/);
  fs.writeFileSync(path.join(folder, 'statements.md'), statements);

  await test.step('a table, each statement a closed row with what was found', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 120_000 });
    await workbench.resizeSideBar(420);
    await workbench.openPath('statements.md');
    await workbench.command('GLiTag: Check Document of Statements');
    await expect(answers.row(/^statements\.md/)).toBeVisible({ timeout: 60_000 });
    await expect(answers.row(/^Finds related passages, does not judge/)).toBeVisible();
    await expect(restoring).toHaveAttribute('aria-expanded', 'false');
    await expect(restoring).toContainText(/\d+ related passages?/);
    // Nothing of the document itself is evidence.
    await expect(answers.row(/statements\.md, line/)).toHaveCount(0);
  });

  await test.step('a row opens by keyboard, and its passage in the editor', async () => {
    await restoring.click();
    const evidence = answers.row(/backup-and-restore\.md, line \d+, score 0\.\d\d/).first();
    await expect(evidence).toBeVisible();
    await picture('statements-table');
    await evidence.click();
    await expect(workbench.tab('backup-and-restore.md')).toHaveAttribute('aria-selected', 'true');
    await expect(workbench.selectionStatus).toContainText('selected');
    await picture('statements-opened');
  });

  await test.step('a selected sentence is the statement', async () => {
    await workbench.openPath('statements.md');
    await workbench.select(5, 5);
    await workbench.command('GLiTag: Check Statement Against Workspace');
    await expect(answers.row(/^We make an offer to candidate B\./)).toBeVisible({ timeout: 60_000 });
    await picture('statements-selected');
  });
});
