// The built page in a browser: the product's own HTML and policy, the editor's variables, a fake acquireVsCodeApi.
import { expect, type Page } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';
import { viewHtml } from '../../../src/extension/view/viewHtml';
import type { FromReport } from '../../../src/shared/reportData';
import type { DocumentSummary, FromView, ToView } from '../../../src/shared/viewMessages';
import { scoresOf } from './scenes';
import { themes } from './themes';

const root = path.resolve(__dirname, '../../..');
export const media = path.join(root, 'dist/media');
export const pictures = path.join(root, 'test-results/view-harness');
export const origin = 'https://glitag.test';
const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export type Theme = keyof typeof themes;

declare global {
  interface Window {
    posted: (FromView | FromReport)[];
    saved: unknown;
    violations: string[];
  }
}

export class Harness {
  private constructor(
    readonly page: Page,
    private readonly documents: readonly DocumentSummary[],
  ) {}

  /** Opens the page in a theme; `documents` are those whose scores it can ask for. */
  static async open(
    page: Page,
    theme: Theme,
    documents: readonly DocumentSummary[],
    which: 'tags' | 'table' = 'tags',
  ): Promise<Harness> {
    await openPage(page, theme, which);
    await expect.poll(() => page.evaluate(() => window.posted.length)).toBeGreaterThan(0);
    return new Harness(page, documents);
  }

  /** Sends messages, and the scores that are asked for because of them. */
  async send(...messages: readonly ToView[]): Promise<void> {
    await this.page.evaluate((all) => {
      for (const message of all) window.postMessage(message, '*');
    }, messages);
    await this.answer();
  }

  /** Answers what was asked for, until nothing more is. */
  async answer(): Promise<void> {
    for (;;) {
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
      const asked = await this.page.evaluate(() => {
        const ids = window.posted.flatMap((message) => (message.type === 'expand' ? [message.id] : []));
        window.posted = window.posted.filter((message) => message.type !== 'expand');
        return ids;
      });
      if (asked.length === 0) return;
      const found = this.documents.filter((one) => asked.includes(one.id));
      const details = found.map((one) => ({ type: 'details', id: one.id, scores: scoresOf(one) }));
      await this.page.evaluate((all) => {
        for (const message of all) window.postMessage(message, '*');
      }, details);
    }
  }

  row(name: string | RegExp) {
    return this.page.getByRole('treeitem', { name }).first();
  }

  /** Clicks rows in turn, with their scores coming in between. */
  async click(...names: readonly (string | RegExp)[]): Promise<void> {
    for (const name of names) {
      await this.row(name).click();
      await this.answer();
    }
  }

  async picture(name: string): Promise<void> {
    await this.check();
    await this.page.screenshot({ path: path.join(pictures, `${name}.png`) });
  }

  /**
   * What must hold in every picture: the policy is kept, nothing overflows to the side, figures stand below each other, and what follows
   * a name stands right behind it.
   */
  async check(): Promise<void> {
    expect(await this.page.evaluate(() => window.violations)).toEqual([]);
    const layout = await this.page.evaluate(() => {
      const scroller = document.querySelector('.scroller');
      const rows = [...document.querySelectorAll('.row-score')].map((row) => {
        const box = row.querySelector('.score')?.getBoundingClientRect();
        return { level: row.getAttribute('aria-level'), right: Math.round(box?.right ?? 0) };
      });
      return {
        overflow: (scroller?.scrollWidth ?? 0) - (scroller?.clientWidth ?? 0),
        body: document.body.scrollWidth - innerWidth,
        rows,
        padded: [...document.querySelectorAll('.row-document .name.cut, .row-review .name.cut, .in-document')]
          .filter((name) => {
            const widths = [...name.children].map((part) => part.getBoundingClientRect().width);
            return name.getBoundingClientRect().width > widths.reduce((sum, width) => sum + width, 0.5);
          })
          .map((name) => name.textContent),
      };
    });
    expect(layout.padded).toEqual([]);
    expect(layout.overflow).toBeLessThanOrEqual(0);
    expect(layout.body).toBeLessThanOrEqual(0);
    const ends = new Map<string | null, Set<number>>();
    for (const { level, right } of layout.rows) ends.set(level, (ends.get(level) ?? new Set()).add(right));
    for (const rights of ends.values()) expect(rights.size).toBe(1);
  }
}

/** Opens a built page as the editor's webview does, in a theme. */
export async function openPage(page: Page, theme: Theme, which: 'tags' | 'table' | 'report'): Promise<void> {
  await page.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') {
      const html = viewHtml({
        cspSource: origin,
        script: `${origin}/${which}.js`,
        style: `${origin}/${which}-style.css`,
      });
      await route.fulfill({ contentType: 'text/html', body: html });
      return;
    }
    const file = path.join(media, path.basename(pathname));
    if (!fs.existsSync(file)) throw new Error(`${file} is not there: run \`npm run build\` first.`);
    await route.fulfill({ contentType: types[path.extname(file)] ?? 'text/plain', body: fs.readFileSync(file) });
  });
  await page.addInitScript(fakeEditor, {
    ...themes[theme],
    background: which === 'tags' ? '--vscode-sideBar-background' : '--vscode-editor-background',
  });
  await page.goto(`${origin}/`);
}

/** Runs in the page before its own script. */
function fakeEditor(theme: {
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly background: string;
}): void {
  window.posted = [];
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: FromView | FromReport) => window.posted.push(message),
      getState: () => window.saved,
      setState: (saved: unknown) => (window.saved = saved),
    }),
  });
  document.addEventListener('DOMContentLoaded', () => {
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(theme.variables)) style.setProperty(name, value);
    style.setProperty('--vscode-font-family', 'system-ui, "Ubuntu", "Droid Sans", sans-serif');
    style.setProperty('--vscode-font-size', '13px');
    style.setProperty('--vscode-font-weight', 'normal');
    style.setProperty('background', `var(${theme.background})`);
    document.body.className = theme.bodyClass;
  });
}
