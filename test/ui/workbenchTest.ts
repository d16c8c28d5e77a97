// What the UI tests share: the fixture folder as workspace, the view "Tags", and where pictures go.
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator } from '@playwright/test';
import { expect, test as base } from '../host/fixtures';
import { repositoryRoot, temporaryFolder } from '../host/locations';
import type { Workbench } from '../host/workbench';

export { expect } from '../host/fixtures';

export const fixture = (name: string) => path.join(repositoryRoot(), 'test/vscode/fixtures', name);

/** The page of the view "Tags". */
export class TagsView {
  constructor(private readonly workbench: Workbench) {}

  get page(): FrameLocator {
    return this.workbench.webview('glitag.glitag', 'view');
  }

  /** The page of the table, in an editor tab. */
  get table(): FrameLocator {
    return this.workbench.webview('glitag.glitag', 'editor');
  }

  get filter(): Locator {
    return this.page.getByRole('search').getByRole('combobox');
  }

  get tree(): Locator {
    return this.page.getByRole('tree');
  }

  /** Brings the keyboard to the tree. */
  async focusTree(): Promise<void> {
    await this.workbench.command('GLiTag: Focus on Tags View');
    await expect(this.tree).toBeFocused();
    // The page tells the host, and the host the workbench, whose keys depend on it: nothing shows when they know.
    await this.workbench.page.waitForTimeout(500);
  }

  /** What a screen reader says of the active row. In one step: rows that come anew have other ids. */
  async activeRow(): Promise<string> {
    return this.tree.evaluate((tree) => {
      const id = tree.getAttribute('aria-activedescendant') ?? '';
      return tree.ownerDocument.getElementById(id)?.getAttribute('aria-label') ?? '';
    });
  }

  /** A line above the tree. */
  note(text: string | RegExp): Locator {
    return this.page.getByRole('list', { name: 'Notes' }).getByRole('listitem').filter({ hasText: text });
  }

  /** Rows whose accessible name matches. */
  row(name: string | RegExp): Locator {
    return this.tree.getByRole('treeitem', { name });
  }
}

interface Fixtures {
  tags: TagsView;
  /** Writes a picture of the window to test-results/screenshots. */
  picture: (name: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  workspace: fixture('folder'),
  tags: async ({ workbench }, use) => {
    await use(new TagsView(workbench));
  },
  picture: async ({ page }, use) => {
    await use(async (name) => {
      // Icons are a font: a picture before it is loaded shows none.
      for (const frame of page.frames()) await frame.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.screenshot({ path: path.join(repositoryRoot(), 'test-results/screenshots', `${name}.png`) });
    });
  },
});

/** On the samples, in a folder of their own that the test may change. */
export const testOnSamples = test.extend<{ folder: string; reopen: () => Promise<void> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
  folder: async ({}, use) => {
    const folder = temporaryFolder('samples');
    fs.cpSync(path.join(repositoryRoot(), 'samples/workspace'), folder, { recursive: true });
    await use(folder);
    fs.rmSync(folder, { recursive: true, force: true });
  },
  workspace: ({ folder }, use) => use(folder),
  /** The window of the day after, on the same folder. */
  reopen: async ({ workbench, folder, server, extensionDevelopmentPath }, use) => {
    const extensions = extensionDevelopmentPath === null ? {} : { extensionDevelopmentPath };
    await use(async () => {
      // The side bar shows the tags again, not the explorer.
      await workbench.open(server.url({ workspace: folder, ...extensions }), { files: false });
    });
  },
});

/** Light, dark and high contrast; `kind` is the class that the workbench has. */
export const themes = [
  { name: 'light', theme: 'Light 2026', kind: 'vs' },
  { name: 'dark', theme: 'Dark 2026', kind: 'vs-dark' },
  { name: 'high-contrast', theme: 'Dark High Contrast', kind: 'hc-black' },
];
