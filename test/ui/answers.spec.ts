// Passages that answer a question, as a user finds them: asked and opened by keyboard, in every kind of theme and in a narrow side bar.
import { AnswersTree } from './answersTree';
import { expect, testOnSamples as test, themes } from './workbenchTest';

test.use({ settings: { 'editor.wordWrap': 'on' } });
test.setTimeout(400_000);

test('passages are found, opened, copied and closed by keyboard', async ({ workbench, tags, page, picture }) => {
  const answers = new AnswersTree(workbench, page);
  const menu = page.locator('.monaco-menu');

  await test.step('without tags it says so, and reads what is open', async () => {
    await workbench.openPath('docs/backup-and-restore.md');
    await expect(answers.tree).toHaveCount(0);
    await answers.ask('How is a backup restored?');
    await expect(answers.row(/^Open documents only: the workspace has not been tagged yet/)).toBeVisible({
      timeout: 60_000,
    });
    expect(await workbench.notifications()).toEqual([
      expect.stringContaining('passages can be found in open documents only'),
    ]);
    await picture('answers-open-documents');
  });

  await test.step('over the whole workspace, with the keyboard at the best passage', async () => {
    await workbench.command('GLiTag: Tag Workspace');
    await expect(tags.note(/^Done in /)).toBeVisible({ timeout: 120_000 });
    await workbench.command('View: Close All Editors');
    await answers.ask('Can an attacker read data from the database?');
    await expect(answers.focused).toHaveAttribute(
      'aria-label',
      /0425-sql-injection-report\.md, line \d+, score 0\.\d\d/,
      {
        timeout: 60_000,
      },
    );
    await expect(answers.tree).toBeFocused();
    await picture('answers-found');
  });

  await test.step('Enter opens it at the passage, selected and marked', async () => {
    await page.keyboard.press('Enter');
    await expect(workbench.tab('0425-sql-injection-report.md')).toHaveAttribute('aria-selected', 'true');
    await expect(workbench.selectionStatus).toContainText('selected');
    await picture('answers-opened');
  });

  await test.step('the menu opens another one to the side, and copies', async () => {
    await workbench.command('GLiTag: Focus on Answers View');
    await expect(answers.tree).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+F10');
    await expect(menu.getByRole('menuitem', { name: 'Ask Again' })).toBeVisible();
    await picture('answers-menu');
    await answers.choose('Open Passage to the Side');
    await expect(page.locator('.editor-group-container')).toHaveCount(2);
    await workbench.command('GLiTag: Focus on Answers View');
    await answers.choose('Copy Passage');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\w{3}/);
    await workbench.command('View: Close All Editors');
  });

  await test.step('only where a label says', async () => {
    await answers.ask('Who pays, and when? @path:contracts/');
    await expect(answers.focused).toHaveAttribute('aria-label', /contracts\/.*, line \d+, score/, { timeout: 60_000 });
    // Chosen by the keyboard as soon as it was typed: all of it counts.
    await expect(answers.row(/^Who pays, and when\? @path:contracts\/ \d+ passages\b/)).toBeVisible();
  });

  await test.step('every theme, and a narrow side bar', async () => {
    await workbench.resizeSideBar(460);
    for (const { name, theme, kind } of themes) {
      await workbench.chooseTheme(theme, kind);
      await workbench.command('GLiTag: Focus on Answers View');
      await picture(`answers-${name}`);
    }
    await workbench.chooseTheme('Dark 2026', 'vs-dark');
    await workbench.resizeSideBar(240);
    await answers
      .row(/contracts\/carrier-agreement\.md, line/)
      .first()
      .hover();
    // As it stands in the file: nothing in it is Markdown for the editor.
    const hover = page.locator('.monaco-hover:visible').first();
    await expect(hover).toContainText('## 3 Remuneration');
    await expect(hover).toContainText(/contracts\/carrier-agreement\.md:\d+ · \.\d\d/);
    await picture('answers-narrow');
  });

  await test.step('one is closed, then all: the view goes', async () => {
    await workbench.command('GLiTag: Focus on Answers View');
    await page.keyboard.press('Home');
    await answers.choose('Close Answer');
    await expect(answers.row(/^Who pays, and when\?/)).toHaveCount(0);
    await expect(answers.row(/^Can an attacker/)).toBeVisible();
    await workbench.command('GLiTag: Clear All Answers');
    await expect(answers.tree).toHaveCount(0);
  });
});

test('what a search finds comes in the order of a sentence', async ({ workbench, page, picture }) => {
  const answers = new AnswersTree(workbench, page);
  await workbench.command('GLiTag: Re-rank Search Results');
  await expect(workbench.quickInput).toContainText('Words to search for');
  await page.keyboard.type('/log ?ins?|password/');
  await page.keyboard.press('Enter');
  await expect(workbench.quickInput).toContainText('What the results should be about');
  await page.keyboard.type('The login page sends people round in a circle.');
  await page.keyboard.press('Enter');
  await expect(answers.row(/^The login page sends/)).toBeVisible({ timeout: 60_000 });
  await expect(answers.focused).toHaveAttribute('aria-label', /0412-login-loop\.md, line \d+/);
  await picture('answers-reranked');
});
