// The built report page in a browser, as a file and as a webview, and what must hold in each picture of it.
import { expect, type Page } from '@playwright/test';
import fs from 'node:fs';
import path from 'node:path';
import { reportHtml } from '../../../src/cli/evaluate/reportFile';
import type { ReportData } from '../../../src/shared/reportData';
import { media, openPage, origin, pictures, type Theme } from './harness';

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

const read = (name: string) => fs.readFileSync(path.join(media, name), 'utf8');

/** The file that `glitag evaluate --html` writes, in a browser that asks for nothing else. */
export async function openFile(page: Page, data: ReportData): Promise<void> {
  await watchPolicy(page);
  const body = reportHtml(data, { script: read('report.js'), style: read('report-style.css') });
  await page.route('**/*', async (route) => {
    const { href } = new URL(route.request().url());
    if (href === `${origin}/`) await route.fulfill({ contentType: 'text/html', body });
    else throw new Error(`The report asked for ${href}.`);
  });
  await page.goto(`${origin}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

export async function openWebview(page: Page, theme: Theme, data: ReportData): Promise<void> {
  await openPage(page, theme, 'report');
  await expect.poll(() => page.evaluate(() => window.posted)).toEqual([{ type: 'ready' }]);
  await page.evaluate(
    (message) => {
      window.postMessage(message, '*');
    },
    { type: 'report', data } as const,
  );
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Writes a picture of the whole page. The policy must be kept, nothing may run over the side, and axe find nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  // Charts are drawn for their width once the page has one.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await axeFindings(page)).toEqual([]);
}

export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { passes, violations } = await page.evaluate<AxeResult>('axe.run()');
  // Finding nothing means something only where rules were tried.
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}
