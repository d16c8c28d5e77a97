// "Evaluate Label Set" as a user sees it: the file is named, the report stands in a tab, its slider moves figures, a mistake opens.
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../host/locations';
import { labelSets } from '../vscode/suites';
import { expect, test } from './workbenchTest';

const folder = temporaryFolder('evaluation');
const file = path.join(folder, 'mail.jsonl');
const labels = { invoice: 'topic.billing and invoices', job: 'topic.hiring', thanks: 'tone.grateful' };
const rows = [
  ['The invoice shows a charge of 420 EUR twice.', labels.invoice],
  ['Two positions for backend engineers are open; interviews start on Monday.', labels.job],
  ['Thank you so much for your help, you saved my week!', labels.thanks],
  // Wrong on purpose: something to be shown as a mistake.
  ['The invoice of March has still not been paid.', labels.job],
];
fs.writeFileSync(file, rows.map(([text, label]) => JSON.stringify({ text, true_labels: [label] })).join('\n'));

const settings = { 'glitag.labelSets': labelSets, 'glitag.activeLabelSet': 'work' };
test.use({ workspace: folder, settings });

test.afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

test('Evaluate Label Set: the report in a tab', async ({ workbench, page, picture }) => {
  await workbench.command('GLiTag: Evaluate Label Set');
  const box = workbench.quickInput.locator('input[type=text]').first();
  const tab = workbench.tab('Evaluation of mail.jsonl');
  // The dialog goes to its folder when it is there, over what was typed before.
  await expect(async () => {
    if (await tab.isVisible()) return;
    await expect(box).toHaveValue(/^\//, { timeout: 5000 });
    await box.fill(file);
    await expect(workbench.quickInput.locator('.monaco-list-row').filter({ hasText: 'mail.jsonl' })).toBeVisible({
      timeout: 3000,
    });
    await box.press('Enter');
    await expect(tab).toBeVisible({ timeout: 20_000 });
  }).toPass({ timeout: 90_000 });
  const report = workbench.webview('glitag.glitag', 'editor');
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Evaluation of mail.jsonl');
  await expect(report.getByRole('img')).toHaveCount(5);
  const recall = report.locator('.tile', { hasText: 'Recall' }).locator('.number');
  const before = await recall.textContent();
  await report.getByRole('slider', { name: 'Threshold' }).press('End');
  await expect(recall).not.toHaveText(before ?? '');
  await report.getByRole('slider', { name: 'Threshold' }).fill('0.5');
  await expect(recall).toHaveText(before ?? '');
  await picture('report');
  await report.getByRole('button', { name: 'mail.jsonl, line 4' }).first().click();
  await expect(workbench.tab('mail.jsonl')).toHaveAttribute('aria-selected', 'true');
  await expect(workbench.selectionStatus).toContainText('Ln 4');
  await workbench.tab('Evaluation of mail.jsonl').click();
  // Both themes are the editor's.
  await workbench.chooseTheme('Dark High Contrast', 'hc-black');
  await page.mouse.move(0, 0);
  await picture('report-high-contrast');
});
