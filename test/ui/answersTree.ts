// The view "Answers" of the workbench.
import type { Locator, Page } from '@playwright/test';
import type { Workbench } from '../host/workbench';
import { expect } from './workbenchTest';

export class AnswersTree {
  constructor(
    private readonly workbench: Workbench,
    private readonly page: Page,
  ) {}

  get tree(): Locator {
    return this.page.getByRole('tree', { name: 'Answers' });
  }

  row(name: string | RegExp): Locator {
    return this.tree.getByRole('treeitem', { name });
  }

  get focused(): Locator {
    return this.tree.locator('.monaco-list-row.focused');
  }

  /** Chooses from the menu of the focused row, opened by its key. The workbench lets clicks go that come just when a menu opens. */
  async choose(name: string): Promise<void> {
    const item = this.page.locator('.monaco-menu').getByRole('menuitem', { name, exact: true });
    if (!(await item.isVisible())) await this.page.keyboard.press('Shift+F10');
    await expect(async () => {
      await item.click({ timeout: 3000 });
      await expect(item).toBeHidden({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
  }

  /** Types a question and chooses it with Enter. */
  async ask(question: string): Promise<void> {
    await this.workbench.command('GLiTag: Find Passages');
    await expect(this.workbench.quickInput.getByPlaceholder(/^A question or a phrase/)).toBeFocused();
    await this.page.keyboard.type(question);
    await expect(this.workbench.quickInput.locator('.monaco-list-row').first()).toContainText(question.split(' @')[0]!);
    await this.page.keyboard.press('Enter');
  }
}
