// Pictures of the Tags page in all its states, into test-results/view-harness. Looked at by people; checked by harness.ts.
import { expect, test } from '@playwright/test';
import { Harness, type Theme } from './harness';
import { doc, documents, labels, state } from './scenes';

const filled = [state, { type: 'documents', reset: true, documents }] as const;
const themes: readonly Theme[] = ['light', 'dark', 'dark-2026', 'high-contrast', 'high-contrast-light'];

for (const theme of themes) {
  test(`the tree, ${theme}`, async ({ page }) => {
    const harness = await Harness.open(page, theme, documents);
    await harness.send(...filled);
    await harness.click('notes/2026-03-04-standup.md', 'issues/0425', 'lorem.txt', 'logs/core-dump', /^4 more below/);
    await harness.picture(`tree-${theme}`);
    await harness.row(/^planning/).click();
    await harness.row(/^hiring/).hover();
    await page.waitForTimeout(700);
    await harness.picture(`focus-and-hover-${theme}`);
  });

  test(`the empty view, ${theme}`, async ({ page }) => {
    const harness = await Harness.open(page, theme, []);
    await page.setViewportSize({ width: 300, height: 340 });
    await harness.send(state);
    await page.keyboard.press('Tab');
    await harness.picture(`empty-${theme}`);
  });

  test(`grouped by label with a filter, ${theme}`, async ({ page }) => {
    const harness = await Harness.open(page, theme, documents);
    await harness.send(...filled, { type: 'group', by: 'label' }, { type: 'command', command: 'filter' });
    await page.keyboard.type('@score:.6');
    await harness.click(/^planning/, /^security/);
    await harness.picture(`label-filter-${theme}`);
  });
}

test('the other states of the empty view', async ({ page }) => {
  await page.setViewportSize({ width: 300, height: 260 });
  const harness = await Harness.open(page, 'dark', []);
  await harness.send({ ...state, labelSetName: null, labels: [] });
  await harness.picture('empty-no-label-set');
  const problem =
    'The model folder /models/mine has no file “tokenizer.json”. Choose another folder in the setting “glitag.modelPath”.';
  await harness.send({ ...state, problem });
  await harness.picture('empty-problem');
  await harness.send({ ...state, problem }, { type: 'documents', reset: true, documents });
  await harness.picture('problem-with-documents');
});

test('grouped by folder', async ({ page }) => {
  const harness = await Harness.open(page, 'dark', documents);
  await harness.send(...filled, { type: 'group', by: 'folder' });
  await harness.click('2026-03-04-standup.md');
  await harness.picture('folder');
});

for (const width of [170, 240, 300, 420, 700]) {
  test(`closed rows and evidence, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 620 });
    const harness = await Harness.open(page, 'dark-2026', documents);
    await harness.send(...filled);
    await harness.picture(`closed-${width}`);
    await harness.click('notes/2026-03-04-standup.md');
    await harness.picture(`evidence-${width}`);
  });
}

for (const theme of themes) {
  test(`the table, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 900, height: 420 });
    const harness = await Harness.open(page, theme, documents, 'table');
    await harness.send(...filled);
    await page.keyboard.press('Tab');
    await page.getByRole('rowheader', { name: /retro/ }).click();
    await page.keyboard.press('ArrowRight');
    await harness.picture(`table-${theme}`);
    await page.getByRole('columnheader', { name: 'topic.performance' }).click();
    await page.setViewportSize({ width: 450, height: 300 });
    await harness.picture(`table-zoom-200-${theme}`);
    await page.setViewportSize({ width: 170, height: 420 });
    await harness.picture(`table-170-${theme}`);
  });

  test(`a row under the pointer, ${theme}`, async ({ page }) => {
    const harness = await Harness.open(page, theme, documents);
    await harness.send(...filled);
    await harness.row('notes/2026-03-11-retro.md').hover();
    await harness.picture(`row-buttons-${theme}`);
  });
}

test('a table of 10,000 documents by 60 labels with long names', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 500 });
  const wide = Array.from({ length: 60 }, (_, at) => {
    const path = [`customer feedback ${at % 6}`, `a long name of a label about subject ${at}`];
    return { name: path.join('.'), path, threshold: 0.5 };
  });
  const many = Array.from({ length: 10_000 }, (_, at) => doc(`folder${at % 40}/report-${at}.md`, { planning: 0.5 }));
  const harness = await Harness.open(page, 'dark', many, 'table');
  await harness.send({ ...state, labels: wide }, { type: 'documents', reset: true, documents: many });
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await harness.picture('table-ten-thousand');
  expect(await page.getByRole('gridcell').count()).toBeLessThan(1200);
});

test('240 pixels wide', async ({ page }) => {
  await page.setViewportSize({ width: 240, height: 620 });
  const harness = await Harness.open(page, 'dark', documents);
  await harness.send(...filled);
  await harness.click('notes/2026-03-04-standup.md', 'issues/0425', /^4 more below/);
  await harness.picture('narrow');
  await harness.send({ type: 'group', by: 'label' }, { type: 'command', command: 'filter' });
  await harness.click(/^planning/);
  await harness.picture('narrow-label');
});

test('700 pixels wide, and at 200 % zoom', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 520 });
  const harness = await Harness.open(page, 'light', documents);
  await harness.send(...filled);
  await harness.click('notes/2026-03-04-standup.md');
  await harness.picture('wide');
  // Zoom makes CSS pixels larger: half as many fit.
  await page.setViewportSize({ width: 210, height: 310 });
  await harness.picture('zoom-200');
});

test('long and hostile names', async ({ page }) => {
  const long = 'customer feedback about the second generation of the importer';
  const others = [
    doc(`very/long/path/to/a/folder/with/many/parts/quarterly-report-about-everything-2026-final-v2.md`, {
      planning: 0.9,
    }),
    doc('<img src=x onerror=alert(1)>.md', { hiring: 0.8 }),
    doc('notes/\u202Egpj.exe', { hiring: 0.8 }),
    doc('\u05de\u05e1\u05de\u05da-\u05d7\u05e9\u05d5\u05d1.md', { hiring: 0.8 }),
    doc('日本語のとても長いファイル名のメモと会議の議事録.md', { hiring: 0.8 }),
  ];
  const harness = await Harness.open(page, 'dark', others);
  const renamed = labels.map((label, index) =>
    index === 0 ? { ...label, name: `topic.${long}`, path: ['topic', long] } : label,
  );
  await harness.send({ ...state, labels: renamed }, { type: 'documents', reset: true, documents: others });
  await harness.click('very/long');
  await harness.picture('long');
  await page.setViewportSize({ width: 260, height: 420 });
  await harness.picture('long-narrow');
});

test('a run over 10,000 documents', async ({ page }) => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    doc(`folder${index % 40}/report-${index}.md`, { planning: 0.5 + (index % 50) / 100 }),
  );
  const harness = await Harness.open(page, 'dark', many);
  await harness.send(state, { type: 'documents', reset: true, documents: many });
  await harness.send({
    type: 'progress',
    progress: { done: 4120, total: 10_000, documentsPerSecond: 60, secondsLeft: 98, state: 'running' },
  });
  await page.mouse.move(200, 300);
  await page.mouse.wheel(0, 100_000);
  await page.waitForTimeout(100);
  expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
  await harness.picture('ten-thousand');
});

test('the beginning of a run', async ({ page }) => {
  await page.setViewportSize({ width: 300, height: 300 });
  const harness = await Harness.open(page, 'dark', []);
  const progress = { done: 0, total: 0, documentsPerSecond: 0, secondsLeft: null, state: 'running' } as const;
  await harness.send(state, { type: 'progress', progress });
  await harness.picture('run-begins');
});

test('in forced colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const harness = await Harness.open(page, 'high-contrast', documents);
  await harness.send(...filled);
  await harness.click('notes/2026-03-04-standup.md', /^planning/);
  await harness.picture('forced-colors');
});
