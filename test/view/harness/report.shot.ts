// Pictures of the report in all its states, into test-results/view-harness. Looked at by people; checked by reportHarness.ts.
import { expect, test } from '@playwright/test';
import { scenes } from '../reportScenes';
import type { Theme } from './harness';
import { openFile, openWebview, picture } from './reportHarness';

test.use({ viewport: { width: 1000, height: 800 }, deviceScaleFactor: 1 });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the file, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openFile(page, scenes.usual);
    await picture(page, `report-file-${colorScheme}`);
  });
}

test('the file in forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await openFile(page, scenes.usual);
  await picture(page, 'report-file-forced-colors');
});

for (const theme of ['light', 'dark', 'dark-2026', 'high-contrast', 'high-contrast-light'] as readonly Theme[]) {
  test(`in the editor, ${theme}`, async ({ page }) => {
    await openWebview(page, theme, scenes.usual);
    await picture(page, `report-${theme}`);
    await page
      .getByRole('button', { name: /^mail\.jsonl, line/ })
      .first()
      .click();
    expect(await page.evaluate(() => window.posted.at(-1))).toMatchObject({ type: 'open', toSide: false });
  });
}

test('thresholds that can be taken over', async ({ page }) => {
  const proposal = scenes.usual.proposal && { ...scenes.usual.proposal, isBetter: true };
  await openWebview(page, 'dark', { ...scenes.usual, labelSetName: 'work', proposal: proposal ?? null });
  await picture(page, 'report-thresholds');
  await page.getByRole('button', { name: 'Use These Thresholds' }).click();
  expect(await page.evaluate(() => window.posted.at(-1))).toMatchObject({ type: 'useThresholds' });
});

for (const theme of ['light', 'dark', 'high-contrast', 'high-contrast-light'] as readonly Theme[]) {
  test(`a trained model beside the one from before, ${theme}`, async ({ page }) => {
    await openWebview(page, theme, scenes.trained);
    await picture(page, `report-trained-${theme}`);
    await page.getByRole('button', { name: 'Use the New Model' }).click();
    expect(await page.evaluate(() => window.posted.at(-1))).toEqual({ type: 'useTrained', use: true });
    await page.evaluate(() => {
      window.postMessage({ type: 'trainedInUse', inUse: true }, '*');
    });
    await expect(page.getByRole('button', { name: 'Go Back to glitag-small-en' })).toBeFocused();
    await picture(page, `report-trained-in-use-${theme}`);
    await page.setViewportSize({ width: 300, height: 700 });
    await picture(page, `report-trained-narrow-${theme}`);
  });
}

for (const [name, width] of [
  ['narrow', 240],
  ['zoom-200', 500],
] as const) {
  test(name, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await openFile(page, scenes.usual);
    await picture(page, `report-${name}`);
    await page.locator('.controls').scrollIntoViewIfNeeded();
  });
}

for (const name of ['single', 'one', 'many', 'empty'] as const) {
  test(name, async ({ page }) => {
    await openFile(page, scenes[name]);
    await picture(page, `report-scene-${name}`);
    await page.setViewportSize({ width: 240, height: 700 });
    await picture(page, `report-scene-${name}-narrow`);
  });
}

test('by keyboard: the slider moves the figures, a label is picked, tables open', async ({ page }) => {
  await openFile(page, scenes.usual);
  const slider = page.getByRole('slider', { name: 'Threshold' });
  await slider.focus();
  const recall = () => page.locator('.tile', { hasText: 'Recall' }).locator('.number').textContent();
  const before = await recall();
  for (let step = 0; step < 30; step++) await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', /^\.80: precision \d\.\d+, recall/);
  expect(Number(await recall())).toBeLessThan(Number(before));
  await page.getByRole('button', { name: 'bug report', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'bug report' })).toBeFocused();
  for (const summary of await page.locator('summary').all()) await summary.press('Enter');
  await picture(page, 'report-tables-open');
});
