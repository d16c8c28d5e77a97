// The report that the command line writes, opened in a browser: every chart is there, and axe finds nothing.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { pinnedNode, repositoryRoot, temporaryFolder } from '../host/locations';
import { axeFindings } from '../view/harness/reportHarness';

const root = repositoryRoot();
const folder = temporaryFolder('report');

test.afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test('a report file shows every chart, under its own policy', async ({ page }) => {
  const html = path.join(folder, 'r.html');
  const curve = path.join(folder, 'curve.json');
  fs.writeFileSync(
    curve,
    '[{"decisions": 0, "microF1": 0.5, "macroF1": 0.4}, {"decisions": 4, "microF1": 0.6, "macroF1": 0.5}]',
  );
  const data = path.join(root, 'test/fixtures/evaluation.jsonl');
  const args = [path.join(root, 'dist/cli.js'), 'evaluate', data, '--html', html, '--learning-curve', curve];
  execFileSync(pinnedNode(), args, { stdio: 'ignore' });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(html).href);
  const names = [
    'Figures by threshold',
    'Precision and recall',
    'Reliability of scores',
    'Scores',
    'Confusion matrix',
    'Learning curve',
  ];
  for (const name of names) {
    const chart = page.getByRole('figure', { name, exact: true });
    await expect(chart.getByRole('img')).toBeVisible();
    expect(await chart.getByRole('img').locator('text').count()).toBeGreaterThan(2);
    await chart.getByText('As a table').press('Enter');
    await expect(chart.getByRole('table')).toBeVisible();
  }
  expect(await axeFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
