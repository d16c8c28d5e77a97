// The settings editor shows every group with its words, and label sets lead to settings.json.
import { expect, test } from './workbenchTest';

test('the settings editor lists the settings', async ({ workbench, picture }) => {
  const editor = await workbench.openSettings('@ext:glitag.glitag');
  await expect(editor.locator('.setting-item-label', { hasText: 'Label Sets' }).first()).toBeVisible();
  await expect(editor.getByText('Edit in settings.json').first()).toBeVisible();
  await picture('settings');
});
