// Page object of a VS Code workbench. Roles and names where VS Code has them, its long-lived class names elsewhere.
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export class Workbench {
  constructor(readonly page: Page) {}

  /** Opens the address and waits until the workbench is up; `files`: until the explorer lists some, too. */
  async open(url: string, { files = true, timeoutMs = 45_000 } = {}): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('.monaco-workbench').waitFor({ timeout: timeoutMs });
    if (files) await expect(this.explorer.getByRole('treeitem').first()).toBeVisible({ timeout: timeoutMs });
  }

  get explorer(): Locator {
    return this.page.locator('.explorer-viewlet');
  }

  get statusBar(): Locator {
    return this.page.locator('.part.statusbar');
  }

  get activityBar(): Locator {
    return this.page.locator('.part.activitybar');
  }

  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  get editor(): Locator {
    return this.page.locator('.editor-instance');
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** A row of the explorer. */
  file(name: string): Locator {
    return this.explorer.getByRole('treeitem', { name: new RegExp(`^${escaped(name)}`) });
  }

  /** An editor tab. */
  tab(name: string): Locator {
    return this.page.getByRole('tab', { name: new RegExp(`^${escaped(name)}`) });
  }

  /** Badge that a FileDecorationProvider gave a file, and its tooltip. VS Code draws the badge with CSS. */
  async decoration(name: string): Promise<{ badge: string | null; title: string | null }> {
    const label = this.file(name).locator('.monaco-icon-label').first();
    return label.evaluate((element) => {
      const contents = [element, ...element.querySelectorAll('*')].map((e) => getComputedStyle(e, '::after').content);
      const badge = contents.find((content) => !['none', 'normal', '""'].includes(content));
      const title = element.getAttribute('title') ?? element.getAttribute('aria-label');
      return { badge: badge?.replaceAll('"', '') ?? null, title };
    });
  }

  /** Opens a file of the explorer in an editor that stays. */
  async openFile(name: string): Promise<void> {
    await this.file(name).dblclick();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
  }

  /** Opens a file of any folder by its path, through Quick Open. */
  async openPath(file: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    const box = this.quickInput.locator('input[type=text]').first();
    await expect(box).toBeVisible();
    await box.fill(file);
    const name = file.split('/').at(-1) ?? file;
    await this.quickInput.locator('.monaco-list-row').filter({ hasText: name }).first().click();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
  }

  /** Opens the palette with a text, without choosing. Returns its rows. */
  async palette(text: string): Promise<Locator> {
    await this.page.keyboard.press('F1');
    const box = this.quickInput.locator('input[type=text]').first();
    await expect(box).toBeVisible();
    await box.fill(`>${text}`);
    return this.quickInput.locator('.monaco-list-row');
  }

  /** Runs the command with this title ("Category: Title"). A title that the palette does not list fails. */
  async command(title: string): Promise<void> {
    let again = false;
    await expect(async () => {
      // A palette that was opened before the extensions of the window were known does not learn of them. Not at once: in an editor
      // the key ends the selection.
      if (again) await this.page.keyboard.press('Escape');
      again = true;
      // It ranks other rows first now and then: pick the row by its text, never by Enter.
      const row = (await this.palette(title)).filter({ hasText: title }).first();
      await expect(row).toBeVisible({ timeout: 3000 });
      await row.click({ timeout: 3000 });
    }).toPass({ timeout: 60_000 });
  }

  /** Selects whole lines, also where they are wrapped. */
  async select(startLine: number, endLine: number): Promise<void> {
    await this.goTo(`${startLine}:1`);
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.press('Control+b');
    await this.goTo(`${endLine}:9999`);
    await this.page.keyboard.press('Control+k');
    await this.page.keyboard.press('Control+k');
    await expect(this.selectionStatus).toContainText('selected');
  }

  /** Moves the cursor to LINE or LINE:COLUMN. */
  async goTo(place: string): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.quickInput.locator('input[type=text]').first().fill(`:${place}`);
    const [line = ''] = place.split(':');
    await this.quickInput
      .locator('.monaco-list-row')
      .filter({ hasText: `line ${line}` })
      .first()
      .click();
    await expect(this.quickInput).toBeHidden();
  }

  /** Chooses a colour theme; `kind` is the class that the workbench then has (vs, vs-dark, hc-black, hc-light). */
  async chooseTheme(name: string, kind: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.page.keyboard.type(name);
    await this.quickInput.locator('.monaco-list-row').filter({ hasText: name }).first().click();
    await expect(this.quickInput).toBeHidden();
    await expect(this.page.locator(`.monaco-workbench.${kind}`)).toBeVisible();
  }

  /** Line that the status bar says the cursor is on. */
  get selectionStatus(): Locator {
    return this.page.locator('#status\\.editor\\.selection');
  }

  /** Content of an extension's webview, in a view or an editor tab. VS Code nests two frames. */
  webview(extensionId: string, place: 'view' | 'editor' = 'view'): FrameLocator {
    const purpose = '[src*="purpose=webviewView"]';
    const outer = `iframe.webview.ready[src*="extensionId=${extensionId}"]${place === 'view' ? purpose : `:not(${purpose})`}`;
    return this.page.frameLocator(outer).frameLocator('iframe#active-frame');
  }

  /** Chooses a view container; choosing the one that is open hides the side bar. */
  async showView(name: string): Promise<void> {
    await this.activityBar.getByRole('tab', { name }).click();
  }

  /** Drags the border of the side bar so that it is this wide. */
  async resizeSideBar(width: number): Promise<void> {
    const box = await this.sideBar.boundingBox();
    if (box === null) throw new Error('the side bar is hidden');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
    // Off the border, which is highlighted for as long as the pointer is on it.
    await this.page.mouse.move(box.x + width + 200, y);
  }

  async openSettings(query: string): Promise<Locator> {
    await this.command('Preferences: Open Settings (UI)');
    const editor = this.page.locator('.settings-editor');
    await expect(editor).toBeVisible();
    await this.page.keyboard.type(query);
    await expect(editor.locator('.setting-item-contents').first()).toBeVisible();
    return editor;
  }

  /** What the user was told and has not closed. Toasts never show under the smoke-test driver; the notification centre keeps all. */
  async notifications(): Promise<string[]> {
    await this.command('Notifications: Show Notifications');
    const centre = this.page.locator('.notifications-center.visible');
    await expect(centre).toBeVisible();
    const told = await centre.locator('.notification-list-item-message').allInnerTexts();
    await centre.getByRole('button', { name: /^Hide Notifications/ }).click();
    await expect(centre).toBeHidden();
    return told;
  }
}
