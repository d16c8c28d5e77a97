// The gallery of label sets, and labels suggested from what is there: pictures to look at, and what must be readable in them.
import path from 'node:path';
import { repositoryRoot } from '../host/locations';
import type { Workbench } from '../host/workbench';
import { expect, test, themes } from './workbenchTest';

test.use({ workspace: path.join(repositoryRoot(), 'samples/workspace'), settings: {} });

test('the gallery in every theme, and a set of it tried on the open document', async ({ workbench, picture }) => {
  await workbench.openPath('issues/0430-crash-on-empty-csv.md');
  const rows = workbench.quickInput.locator('.monaco-list-row');
  for (const { name, theme, kind } of themes) {
    await workbench.chooseTheme(theme, kind);
    await workbench.command('GLiTag: New Label Set from Gallery');
    await expect(rows.filter({ hasText: 'news topics' })).toContainText(
      /F1 \.\d\d on \d+ texts · What an article is about/,
    );
    await expect(rows.filter({ hasText: 'news topics' })).toContainText('politics, business, technology');
    await picture(`gallery-${name}`);
    await workbench.page.keyboard.press('Escape');
    await expect(workbench.quickInput).toBeHidden();
  }
  await workbench.command('GLiTag: New Label Set from Gallery');
  await rows.filter({ hasText: 'repository documents' }).first().click();
  await expect(rows.filter({ hasText: /[■□] \.\d\d .*tag/u }).first()).toBeVisible({ timeout: 30_000 });
  await expect(rows.filter({ hasText: /0430-crash-on-empty-csv\.md\s*\d+ tag/ })).toBeVisible();
  await picture('gallery-try');
  await workbench.page.keyboard.press('Escape');
});

test('labels that are suggested, and what the model sees of them', async ({ workbench, picture }) => {
  await workbench.command('GLiTag: Suggest Label Set from Folders and Front Matter');
  const rows = workbench.quickInput.locator('.monaco-list-row');
  await expect(rows.filter({ hasText: 'meetings' })).toContainText('folder · 4 documents', { timeout: 30_000 });
  await expect(workbench.quickInput.getByRole('checkbox', { name: 'docs', exact: true })).not.toBeChecked();
  await hasWholeQuestion(workbench);
  await picture('suggest-words');
  await workbench.page.keyboard.press('Enter');
  await expect(rows.filter({ hasText: /the model agrees on \d of \d/ }).first()).toBeVisible({ timeout: 60_000 });
  await hasWholeQuestion(workbench);
  await picture('suggest-seen');
  await workbench.page.keyboard.press('Escape');
});

/** The count of what is ticked lies over the end of the box that holds the question. */
async function hasWholeQuestion({ quickInput }: Workbench): Promise<void> {
  const box = quickInput.locator('.quick-input-filter input');
  const end = await box.evaluate((input: HTMLInputElement) => {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('There is no canvas to measure text on.');
    context.font = getComputedStyle(input).font;
    return input.getBoundingClientRect().left + context.measureText(input.placeholder).width;
  });
  const count = await quickInput.locator('.quick-input-count').boundingBox();
  expect(end).toBeLessThan(count?.x ?? 0);
}
