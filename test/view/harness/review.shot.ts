// Pictures of what people decided and of the queue of review, into test-results/view-harness.
import { expect, test } from '@playwright/test';
import type { DocumentSummary, ToView } from '../../../src/shared/viewMessages';
import { Harness, type Theme } from './harness';
import { doc, documents, labels, state } from './scenes';

const themes: readonly Theme[] = ['light', 'dark', 'dark-2026', 'high-contrast', 'high-contrast-light'];

const numberOf = (name: string) => labels.findIndex((label) => label.name.endsWith(name));

/** One document with every state, and one of each kind of "no tag". */
const [standup, ...others] = documents;
const decided: DocumentSummary = {
  ...standup!,
  stale: false,
  tags: [
    { label: numberOf('meeting notes'), score: 0.94, state: 'accepted' },
    { label: numberOf('planning'), score: 0.83, state: 'accepted', olderText: true },
    { label: numberOf('hiring'), score: 0.51, state: 'accepted', conflict: true },
    { label: numberOf('security'), score: 0.04, state: 'added' },
    { label: numberOf('urgent'), score: 0.72 },
  ],
  rejected: [
    { label: numberOf('neutral'), score: 0.71 },
    { label: numberOf('budget'), score: 0.55 },
  ],
};
const all: readonly DocumentSummary[] = [
  decided,
  ...others,
  doc('notes/a-nothing.md', {}, { noneFits: true, rejected: [{ label: 0, score: 0.6 }] }),
  doc('notes/b-rejected.md', {}, { rejected: [{ label: 0, score: 0.6 }] }),
];
const told = { ...state, undo: 'accept 3 tags', redo: 'reject 1 tag' };
const filled: readonly ToView[] = [told, { type: 'documents', reset: true, documents: all }];

async function openStates(harness: Harness): Promise<void> {
  await harness.send(...filled);
  await harness.click('notes/2026-03-04-standup.md', /^1 rejected/, 'notes/a-nothing.md');
}

async function openQueue(harness: Harness): Promise<void> {
  await harness.send(...filled, { type: 'group', by: 'review' });
  await harness.page.waitForTimeout(200);
  await harness.answer();
  await harness.page.getByRole('tree').focus();
}

for (const theme of themes) {
  test(`states and queue, ${theme}`, async ({ page }) => {
    const harness = await Harness.open(page, theme, all);
    await openStates(harness);
    await harness.picture(`states-${theme}`);
    await harness.row(/^planning/).hover();
    await page.waitForTimeout(700);
    await harness.picture(`states-hover-${theme}`);
    await page.mouse.move(0, 0);
    await openQueue(harness);
    await page.keyboard.press('ArrowDown');
    await harness.picture(`queue-${theme}`);
    for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
    await harness.row(/^planning/).click({ modifiers: ['Control'] });
    await page.mouse.move(0, 0);
    await harness.picture(`queue-several-${theme}`);
  });
}

for (const [width, height, name] of [
  [240, 620, '240'],
  [170, 620, '170'],
  [210, 310, 'zoom-200'],
  [700, 420, '700'],
] as const) {
  test(`states and queue, ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const harness = await Harness.open(page, 'light', all);
    await harness.send(...filled);
    await harness.picture(`states-closed-${name}`);
    await openStates(harness);
    await harness.picture(`states-${name}`);
    await openQueue(harness);
    await harness.picture(`queue-${name}`);
    await harness.row(/^urgent/).hover();
    await harness.picture(`queue-hover-${name}`);
  });
}

test('a queue that is empty, and one that the filter empties', async ({ page }) => {
  await page.setViewportSize({ width: 300, height: 300 });
  const harness = await Harness.open(page, 'dark', all);
  const done = all.map((one) => ({
    ...one,
    tags: one.tags.map((tag) => ({ label: tag.label, score: tag.score, state: 'accepted' as const })),
  }));
  await harness.send(...filled, { type: 'documents', reset: true, documents: done }, { type: 'group', by: 'review' });
  await expect(page.getByText('Everything is decided')).toBeVisible();
  await harness.picture('queue-empty');
  await harness.send(...filled, { type: 'command', command: 'filter' });
  await page.keyboard.type('@score:.999');
  await harness.picture('queue-filtered-out');
});

test('a queue of 200,000 tags', async ({ page }) => {
  const harness = await Harness.open(page, 'dark', []);
  await harness.send(told, { type: 'group', by: 'review' });
  // Made in the page: so many documents are slow to get there.
  await page.evaluate(
    ([planning, urgent]) => {
      const documents = Array.from({ length: 100_000 }, (_, index) => ({
        ...{ id: `file:///${index}.md`, title: `${index}.md`, folders: [], chunkCount: 1, stale: false },
        tags: [
          { label: urgent, score: 0.7 + (index % 30) / 100 },
          { label: planning, score: 0.5 + (index % 50) / 100 },
        ],
      }));
      window.postMessage({ type: 'documents', reset: true, documents }, '*');
    },
    [numberOf('planning'), numberOf('urgent')] as const,
  );
  await expect(page.getByText('0 of 200,000 decided')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('tree').focus();
  await page.keyboard.press('End');
  expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
  await harness.picture('queue-many');
  await page.keyboard.press('Home');
  // One decision: from the host's message to the row that is gone.
  const tookMs = await page.evaluate(
    async (labels) => {
      const start = performance.now();
      const tags = labels.map((label) => ({ label, score: 0.7, state: 'accepted' }));
      const one = { id: 'file:///0.md', title: '0.md', folders: [], chunkCount: 1, stale: false, tags };
      window.postMessage({ type: 'documents', reset: false, documents: [one] }, '*');
      while (!(document.querySelector('.review-words')?.textContent ?? '').startsWith('2 of'))
        await new Promise((done) => setTimeout(done, 1));
      return performance.now() - start;
    },
    [numberOf('urgent'), numberOf('planning')],
  );
  console.log(`one decision among 200,000 tags: ${tookMs.toFixed(0)} ms`);
  expect(tookMs).toBeLessThan(1000);
});
