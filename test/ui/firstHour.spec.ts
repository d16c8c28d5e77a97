// A new user's first hour in the real workbench, from the first selection to a window that is opened again the day after.
import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Workbench } from '../host/workbench';
import { expect, testOnSamples as test, themes, type TagsView } from './workbenchTest';

// Nothing is set but what keeps pictures alike: the built-in labels are in use.
test.use({
  settings: { 'editor.wordWrap': 'on', 'glitag.labelSets': undefined, 'glitag.activeLabelSet': undefined },
});
test.setTimeout(300_000);

async function tagWorkspace(workbench: Workbench, tags: TagsView): Promise<void> {
  await workbench.command('GLiTag: Tag Workspace');
  await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 120_000 });
}

/** The side bar as narrow as it gets, and the window as it is at 200 %: half as many pixels of the page each way. */
async function narrowAndLarge(
  workbench: Workbench,
  page: Page,
  look: (name: string) => Promise<void>,
  name: string,
): Promise<void> {
  await workbench.resizeSideBar(170);
  await look(`${name}-170`);
  await workbench.resizeSideBar(320);
  const size = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.setViewportSize({ width: size.width / 2, height: size.height / 2 });
  await look(`${name}-200-percent`);
  await page.setViewportSize(size);
}

test('the first hour', async ({ workbench, tags, page, picture, folder, reopen }) => {
  const write = (file: string, text: string) => {
    fs.writeFileSync(path.join(folder, file), text);
  };

  await test.step('a selection is tagged by the built-in labels', async () => {
    await workbench.openPath('issues/0430-crash-on-empty-csv.md');
    await workbench.select(1, 5);
    await workbench.command('GLiTag: Classify Selection');
    await expect(tags.row(/^Selection, lines 1–5/)).toBeVisible();
    await expect(tags.row(/^bug report, score 0\.\d\d, tag/)).toBeVisible();
    await workbench.resizeSideBar(320);
    await picture('first-hour-selection');
  });

  await test.step('labels of one’s own: typed, tried on the open document, saved', async () => {
    await workbench.command('GLiTag: New Label Set');
    const rows = workbench.quickInput.locator('.monaco-list-row');
    await rows.filter({ hasText: 'Write labels' }).click();
    await expect(workbench.quickInput.getByText('New Label Set: try it')).toBeVisible();
    await page.keyboard.type('bug report, meeting, contract, customer complaint, release');
    // The labels are tried while they are typed.
    await expect(rows.filter({ hasText: /■+□*\s+\.\d\d\s+bug report/ })).toBeVisible();
    await picture('first-hour-try');
    await rows.filter({ hasText: 'Save this label set' }).click();
    await expect(workbench.quickInput.getByText('New Label Set: name')).toBeVisible();
    await page.keyboard.type('mine');
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: 'Workspace settings' }).click();
    await expect(workbench.statusBar).toContainText('mine');
    const saved = fs.readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ 'glitag.labelSets': { mine: { labels: { 0: 'bug report' } } } });
  });

  await test.step('the workspace is tagged, and one line says what was done', async () => {
    await tagWorkspace(workbench, tags);
    await expect(tags.note(/^Done in .*: \d+ tagged/)).toBeVisible();
    // The settings that hold the labels are no document.
    await expect(tags.row(/settings\.json/)).toHaveCount(0);
    await expect(tags.row(/^issues\/0412-login-loop\.md/)).toBeVisible();
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      await picture(`first-hour-tagged-${name}`);
    }
    await narrowAndLarge(workbench, page, picture, 'first-hour-tagged');
  });

  await test.step('a search for a label of two words, without quotes', async () => {
    await tags.focusTree();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('bug report');
    await expect(tags.row(/^issues\/0430-crash-on-empty-csv\.md/)).toBeVisible();
    await expect(tags.row(/^contracts\/nda\.md/)).toHaveCount(0);
    await picture('first-hour-search');
    await page.keyboard.press('Escape');
    await expect(tags.row(/^contracts\/nda\.md/)).toBeVisible();
  });

  await test.step('another label: the same rows are scored again, without a run', async () => {
    await workbench.command('GLiTag: Edit Label Set');
    await expect(workbench.tab('settings.json')).toHaveAttribute('aria-selected', 'true');
    await expect(workbench.editor.getByText('customer complaint')).toBeVisible();
    const file = '.vscode/settings.json';
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    write(file, text.replace('customer complaint', 'security'));
    const row = tags.row(/^issues\/0425-sql-injection-report\.md/);
    await expect(row.getByText('security', { exact: true })).toBeVisible();
    await expect(workbench.statusBar).not.toContainText(/\d of \d/);
    await expect(tags.row(/^contracts\/nda\.md/)).toBeVisible();
    await picture('first-hour-other-label');
  });

  await test.step('the window is opened again: changed, deleted and new files are known', async () => {
    await page.goto('about:blank');
    write('mail/outage-apology.txt', 'The contract with the carrier was signed on Monday.\n');
    write('mail/new.txt', 'The application crashes when the file is empty.\n');
    fs.rmSync(path.join(folder, 'contracts/nda.md'));
    await reopen();
    await workbench.command('GLiTag: Focus on Tags View');
    await expect(tags.note(/^1 new, 1 changed: Tag Workspace/)).toBeVisible();
    await expect(tags.row(/^mail\/outage-apology\.txt.*stale/)).toBeVisible();
    await expect(tags.row(/^contracts\/nda\.md/)).toHaveCount(0);
    await expect(tags.row(/^issues\/0412-login-loop\.md/)).toBeVisible();
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      await picture(`first-hour-again-${name}`);
    }
    await narrowAndLarge(workbench, page, picture, 'first-hour-again');
  });

  await test.step('the button of that line tags what is left', async () => {
    await tags
      .note(/^1 new, 1 changed/)
      .getByRole('button')
      .click();
    await expect(tags.note(/^Done in .*: 2 tagged, \d+ reused/)).toBeVisible({ timeout: 60_000 });
    await expect(tags.row(/^mail\/new\.txt/).getByText('bug report')).toBeVisible();
    await expect(tags.row(/^mail\/outage-apology\.txt.*stale/)).toHaveCount(0);
    expect(await workbench.notifications()).toEqual([]);
  });
});
