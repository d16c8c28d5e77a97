// Rows of the tree in the real workbench: what they say closed, their menu and buttons, the status bar, following, the table.
import { expect, test } from './workbenchTest';

test('rows name their tags, have a menu and buttons, and follow the editor', async ({
  workbench,
  tags,
  page,
  picture,
}) => {
  await workbench.openFile('weekly.md');
  await workbench.command('GLiTag: Classify File');
  await expect(tags.row(/^billing and invoices, score 0\.9\d, tag/)).toBeVisible();
  await expect(workbench.statusBar).toContainText(/billing and invoices \.9\d/);
  await workbench.openPath('security.md');
  await workbench.command('GLiTag: Classify File');
  const row = tags.row(/^notes\/security\.md/);
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(workbench.statusBar).toContainText(/security vulnerability \.9\d/);

  await workbench.openPath('weekly.md');
  await expect(tags.row(/^weekly\.md/)).toHaveAttribute('aria-selected', 'true');
  await expect(workbench.statusBar).toContainText(/billing and invoices \.9\d/);
  await expect(workbench.statusBar).not.toContainText('security vulnerability');

  await workbench.command('GLiTag: Collapse All');
  await expect(row.getByText('security vulnerability')).toBeInViewport();
  await expect(row.getByText(/^\.9\d$/)).toBeInViewport();
  await row.hover();
  await expect(row.getByTitle('Tag Again')).toBeVisible();
  await picture('row-buttons');

  await row.click({ button: 'right' });
  const menu = page.locator('.monaco-menu');
  for (const name of [
    /^Open$/,
    /^Open to the Side/,
    /^Tag Again$/,
    /^Reveal in Explorer View$/,
    /^Exclude from Tagging$/,
  ])
    await expect(menu.getByRole('menuitem', { name })).toBeVisible();
  await picture('row-menu');
  await menu.getByRole('menuitem', { name: 'Copy Tags' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('topic.security vulnerability');
  // The same from the keyboard, at the row.
  await tags.focusTree();
  await page.keyboard.press('Shift+F10');
  await expect(menu.getByRole('menuitem', { name: 'Tag Again' })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('the table shows documents by labels, and is copied', async ({ workbench, tags, page, picture }) => {
  await workbench.command('GLiTag: Tag Workspace');
  await expect(tags.row(/^notes\/security\.md/)).toBeVisible();
  await expect(workbench.statusBar).not.toContainText(/\d of \d/, { timeout: 90_000 });
  await workbench.command('GLiTag: Show as Table');
  const grid = tags.table.getByRole('grid');
  await expect(grid.getByRole('rowheader', { name: 'notes/security.md' })).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: /^0\.9\d, tag$/ }).first()).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: /^0\.\d\d, no tag$/ }).first()).toBeVisible();
  await picture('table');
  await grid.getByRole('rowheader', { name: 'notes/security.md' }).click();
  await page.keyboard.press('Control+c');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(
      /^document\ttopic\.hiring\t.*\ttags\n[^]*notes\/security\.md\t0\.\d+\t0\.9\d+\t.*\ttopic\.security vulnerability\n/,
    );
});
