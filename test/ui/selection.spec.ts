// The main job as a user does it: select, classify from the palette, read the tree, jump to the passage.
import { expect, test } from './workbenchTest';

test('Classify Selection: the tree appears with real scores, and a click jumps', async ({
  workbench,
  tags,
  picture,
}) => {
  await workbench.openFile('weekly.md');
  await workbench.select(13, 14);
  const rows = await workbench.palette('GLiTag: Classify');
  await expect(rows.filter({ hasText: 'GLiTag: Classify Selection' })).toBeVisible();
  await picture('palette');
  await rows.filter({ hasText: 'GLiTag: Classify Selection' }).first().click();

  await expect(tags.row(/^Selection, lines 13–14/)).toBeVisible();
  const security = tags.row(/^security vulnerability, score 0\.[89]\d, tag, evidence: The search form/);
  await expect(security).toBeVisible();
  // Seen, not only spoken: the figures and the name are within the row.
  await expect(security.getByText(/^\.[89]\d$/)).toBeInViewport();
  await expect(security.getByText('security vulnerability')).toBeInViewport();
  expect(await workbench.notifications()).toEqual([]);

  await workbench.openPath('invoice.txt');
  await security.click();
  await expect(workbench.tab('weekly.md')).toHaveAttribute('aria-selected', 'true');
  await expect(workbench.selectionStatus).toContainText(/Ln 1[34], .*selected/);
});
