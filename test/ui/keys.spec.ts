// The keys of the tree in the real workbench, which hears every key of the page too: none does anything else there.
import type { Page } from '@playwright/test';
import type { Workbench } from '../host/workbench';
import { expect, test, type TagsView } from './workbenchTest';

/** The editor's own search box, which Ctrl+F opens wherever an editor is open. */
const findWidget = (page: Page) => page.locator('.find-widget.visible');

async function tagged(workbench: Workbench, tags: TagsView): Promise<void> {
  await workbench.openFile('weekly.md');
  await workbench.command('GLiTag: Classify File');
  await expect(tags.row(/^billing and invoices, score 0\.9\d, tag/)).toBeVisible();
}

test('“Focus on Tags View” focuses the tree, and Ctrl+F in it reaches the filter and nothing else', async ({
  workbench,
  tags,
  page,
}) => {
  await tagged(workbench, tags);
  // The editor's search does open on this key, so that its absence below means something.
  await workbench.goTo('1:1');
  await page.keyboard.press('Control+f');
  await expect(findWidget(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(findWidget(page)).toHaveCount(0);

  await tags.focusTree();
  const before = await tags.activeRow();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => tags.activeRow()).not.toBe(before);

  await page.keyboard.press('Control+f');
  // Typed at once: the filter has to be there by then.
  await page.keyboard.type('weekly');
  await expect(tags.filter).toBeFocused();
  await expect(tags.filter).toHaveValue('weekly');
  // The command that the key is bound to has run by now too, and left what is typed alone.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('!');
  await expect(tags.filter).toHaveValue('weekly!');
  await expect(findWidget(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(tags.tree).toBeFocused();
});

test('the other keys of the tree do nothing outside it', async ({ workbench, tags, page }) => {
  await tagged(workbench, tags);
  await workbench.goTo('3:4');
  await tags.focusTree();
  const text = await workbench.editor.innerText();
  const cursor = await workbench.selectionStatus.innerText();
  const keys = [
    'ArrowDown',
    'ArrowUp',
    'End',
    'Home',
    'PageDown',
    'PageUp',
    'ArrowLeft',
    'ArrowRight',
    '*',
    ' ',
    'w',
    'Escape',
  ];
  for (const key of keys) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await expect(tags.tree, key).toBeFocused();
  }
  // One that the page answers last, so that all before it have been heard everywhere.
  await page.keyboard.press('End');
  await expect.poll(() => tags.activeRow()).not.toBe('');
  expect(await workbench.editor.innerText()).toBe(text);
  expect(await workbench.selectionStatus.innerText()).toBe(cursor);
  await expect(workbench.quickInput).toBeHidden();
  await expect(findWidget(page)).toHaveCount(0);
  await expect(page.locator('.editor-group-container')).toHaveCount(1);
});

test('Ctrl+Enter opens the passage once, to the side; Alt+F7 goes to the next one', async ({
  workbench,
  tags,
  page,
}) => {
  await tagged(workbench, tags);
  await tags.row(/^billing and invoices, score/).click();
  // The editor that it opens takes the focus.
  await expect(workbench.selectionStatus).toContainText(/selected/);
  await tags.focusTree();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.editor-group-container')).toHaveCount(2);
  await expect(workbench.selectionStatus).toContainText(/Ln [34], .*selected/);
  await expect(page.locator('.editor-group-container')).toHaveCount(2);
  await page.keyboard.press('Control+Home');
  await expect(workbench.selectionStatus).toContainText('Ln 1, Col 1');
  await expect(page.getByRole('button', { name: /^Next Passage/ }).first()).toBeVisible();
  await page.keyboard.press('Alt+F7');
  await expect(workbench.selectionStatus).toContainText(/selected/);
});

test('letters decide once; they are commands that can be bound to other keys, and no letters of a name or a filter', async ({
  workbench,
  tags,
  page,
}) => {
  await tagged(workbench, tags);
  const billing = tags.row(/^billing and invoices, score/);
  const accepted = tags.row(/^billing and invoices, score 0\.9\d, tag, accepted/);
  const step = tags.page.locator('.steps [role=status]');
  await billing.click();
  // The editor that it opens takes the focus.
  await expect(workbench.selectionStatus).toContainText(/selected/);
  await tags.focusTree();
  await page.keyboard.press('a');
  await expect(accepted).toBeVisible();
  await expect(step).toHaveText('Accepted 1 tag');
  await page.keyboard.press('u');
  await expect(accepted).toHaveCount(0);
  // One key, one step: there is no other one to undo.
  await page.keyboard.press('u');
  await page.keyboard.press('Shift+U');
  await expect(accepted).toBeVisible();
  await page.keyboard.press('u');
  await expect(accepted).toHaveCount(0);

  await test.step('letters of a name and of the filter stay theirs', async () => {
    await page.keyboard.type('wearmnu', { delay: 60 });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('armnu');
    await expect(tags.filter).toHaveValue('armnu');
    await page.keyboard.press('Escape');
    await expect(tags.tree).toBeFocused();
    // A command that takes longer than one that was wrong would have.
    await workbench.command('GLiTag: Undo Decision');
    await expect(accepted).toHaveCount(0);
    await expect(workbench.quickInput).toBeHidden();
    await expect(step).not.toHaveText(/./);
  });

  await test.step('another letter in the keyboard shortcuts takes their place', async () => {
    await workbench.command('Preferences: Open Keyboard Shortcuts (JSON)');
    await expect(workbench.tab('keybindings.json')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(
      JSON.stringify([
        { key: 'b', command: 'glitag.acceptTag', when: 'glitag.treeFocus && !glitag.typeAhead' },
        { key: 'a', command: '-glitag.acceptTag' },
      ]),
    );
    await page.keyboard.press('Control+s');
    await tags.focusTree();
    await billing.click();
    await expect(workbench.selectionStatus).toContainText(/selected/);
    await tags.focusTree();
    await expect.poll(() => tags.activeRow()).toMatch(/^billing and invoices/);
    await page.keyboard.press('a');
    await page.keyboard.press('b');
    await expect(accepted).toBeVisible();
    await expect(step).toHaveText('Accepted 1 tag');
    await expect.poll(() => tags.activeRow()).toMatch(/^billing and invoices/);
  });
});
