// Reviewing the tags of a workspace by keyboard alone, in the real workbench, until after the window is opened again.
import type { Page } from '@playwright/test';
import { expect, testOnSamples as test, themes, type TagsView } from './workbenchTest';

test.use({
  settings: {
    'editor.wordWrap': 'on',
    'glitag.labelSets': undefined,
    'glitag.activeLabelSet': undefined,
    'glitag.learn': false,
  },
});
test.setTimeout(300_000);

/** Label and document of a row of the queue: what stays the same of its name. */
function tagOf(name: string): string {
  const [label, , , document] = name.split(', ');
  return `${label}, ${document}`;
}

const decided = (tags: TagsView) => tags.page.locator('.review-words');

/** Number of decided tags, and of all. */
async function progress(tags: TagsView): Promise<{ done: number; total: number }> {
  const [done = 0, total = 0] = ((await decided(tags).textContent()) ?? '').match(/\d+/gu)?.map(Number) ?? [];
  return { done, total };
}

async function expectDecided(tags: TagsView, done: number): Promise<void> {
  await expect(decided(tags)).toHaveText(new RegExp(`^${done} of `, 'u'));
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('a review by keyboard', async ({ workbench, tags, page, picture, reopen }) => {
  await test.step('the workspace is tagged, and the queue opened', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 120_000 });
    await workbench.resizeSideBar(320);
    await workbench.command('GLiTag: Group by What to Review');
    await expectDecided(tags, 0);
    await tags.focusTree();
    await press(page, 'Home');
  });

  const { total } = await progress(tags);
  expect(total).toBeGreaterThan(8);
  let accepted = '';
  let rejected = '';

  await test.step('A and R decide, and go on to the next tag', async () => {
    accepted = tagOf(await tags.activeRow());
    await press(page, 'a');
    await expectDecided(tags, 1);
    rejected = tagOf(await tags.activeRow());
    expect(rejected).not.toBe(accepted);
    await press(page, 'r');
    await expectDecided(tags, 2);
    expect([accepted, rejected]).not.toContain(tagOf(await tags.activeRow()));
    await expect(tags.page.getByText('Rejected 1 tag')).toBeVisible();
    // Several at once, without waiting for answers.
    await press(page, 'a', 'r');
    await expectDecided(tags, 4);
  });

  await test.step('M moves a tag to another label', async () => {
    await press(page, 'm');
    await expect(workbench.quickInput.getByText(/^Move “/)).toBeVisible();
    await press(page, 'ArrowDown', 'Enter');
    await expect(tags.page.getByText(/^Moved 1 tag to /)).toBeVisible();
    await expect.poll(async () => (await progress(tags)).done).toBeGreaterThan(4);
  });

  const before = await progress(tags);

  await test.step('all above a score are accepted, after a question with their number', async () => {
    await workbench.command('GLiTag: Accept All Above a Score');
    await expect(workbench.quickInput.locator('input[type=text]').first()).toHaveValue('0.80');
    await page.keyboard.type('.8');
    await press(page, 'Enter');
    const dialog = page.locator('.monaco-dialog-box');
    await expect(dialog).toContainText(/Accept \d+ tags? of \d+ documents?/);
    await picture('review-accept-above');
    await press(page, 'Enter');
    await expect(dialog).toBeHidden();
    await expect.poll(async () => (await progress(tags)).done).toBeGreaterThan(before.done);
  });

  await test.step('the queue in all themes and sizes', async () => {
    await tags.focusTree();
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      await tags.focusTree();
      await picture(`review-${name}`);
    }
    await workbench.resizeSideBar(240);
    await picture('review-240');
    await workbench.resizeSideBar(320);
    const size = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.setViewportSize({ width: size.width / 2, height: size.height / 2 });
    await picture('review-200-percent');
    await page.setViewportSize(size);
  });

  await test.step('U takes back the last two steps, Shift+U does one again', async () => {
    await tags.focusTree();
    await press(page, 'u');
    await expectDecided(tags, before.done);
    await press(page, 'u');
    await expectDecided(tags, 4);
    await press(page, 'Shift+U');
    await expectDecided(tags, before.done);
  });

  await test.step('all is there when the window is opened again', async () => {
    await page.goto('about:blank');
    await reopen();
    await workbench.command('GLiTag: Focus on Tags View');
    await expectDecided(tags, before.done);
    await tags.focusTree();
    await press(page, 'u');
    await expectDecided(tags, 4);
    await press(page, 'Shift+U');
    await expectDecided(tags, before.done);
  });

  await test.step('the tree shows what was decided', async () => {
    const [label = '', document = ''] = accepted.split(', ');
    await workbench.command('GLiTag: Group by File');
    await expect(tags.row(new RegExp(`^${document}.*${label} \\d\\.\\d\\d \\(accepted\\)`, 'u'))).toBeVisible();
    await picture('review-decided');
    const [no = '', where = ''] = rejected.split(', ');
    const row = tags.row(new RegExp(`^${where}`, 'u'));
    await expect(row).toBeVisible();
    expect(await row.getAttribute('aria-label')).not.toContain(`${no} 0.`);
    expect(await workbench.notifications()).toEqual([]);
  });
});
